# shellcheck shell=bash
# Brings promtool, of Debian's package prometheus, into the cache folder. Nothing is installed, and no service starts. Sourced by
# scripts that have sourced rootfs.sh.

# Prints the path of promtool; fetches it with apt, as this machine has it configured, if it is not there. Returns 1 where it cannot.
promtool_program() {
    local folder
    if command -v promtool; then
        return
    fi
    folder=$(sandalphone_cache)/promtool
    if [ ! -x "$folder/usr/bin/promtool" ]; then
        echo "Fetching promtool (Debian's package prometheus, 40 MB, once; it is unpacked, not installed)." >&2
        rm -rf "$folder"
        mkdir -p "$folder"
        if ! fetch_promtool "$folder" > "$folder.log" 2>&1; then
            tail -n 5 "$folder.log" >&2
            rm -rf "$folder"
            return 1
        fi
        rm -f "$folder.log"
    fi
    echo "$folder/usr/bin/promtool"
}

fetch_promtool() { # FOLDER
    (
        cd "$1" || exit
        # An old list names a package that is gone: once more with a new one, which takes root.
        apt-get -q download prometheus || { apt-get -q update && apt-get -q download prometheus; }
        dpkg-deb --extract prometheus_*.deb .
        rm prometheus_*.deb
        test -x usr/bin/promtool
    )
}
