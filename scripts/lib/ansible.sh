# shellcheck shell=bash
# Brings Ansible, in the versions the playbook is tried with, into the cache folder. Sourced by scripts that have
# sourced rootfs.sh.

ansible_packages=(ansible-core==2.19.14 ansible-lint==26.10.1)

# Prints the folder of its programs; makes it, with pip as this machine has it configured, if it is not there.
ansible_programs() {
    local folder log
    folder=$(sandalphone_cache)/ansible-$(printf '%s ' "${ansible_packages[@]}" | sha256sum | cut -c 1-12)
    if [ ! -x "$folder/bin/ansible-lint" ]; then
        echo "Fetching ${ansible_packages[*]} with pip (once)." >&2
        log=$folder.log
        mkdir -p "$(dirname "$folder")"
        rm -rf "$folder"
        if ! python3 -m venv "$folder" > "$log" 2>&1 || ! "$folder/bin/pip" -q install "${ansible_packages[@]}" >> "$log" 2>&1; then
            tail -n 5 "$log" >&2
            rm -rf "$folder"
            return 1
        fi
        rm -f "$log"
    fi
    echo "$folder/bin"
}
