# shellcheck shell=bash
# Brings the machine the Debian or Ubuntu packages it lacks. Sourced by the other scripts.

# The list: a package and its reason a line.
packages_file=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/packages.txt

# Prints the listed packages that are not installed.
missing_packages() {
    local package _
    while read -r package _; do
        case $package in
            '' | '#'*) continue ;;
        esac
        if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" != installed ]; then
            echo "$package"
        fi
    done < "$packages_file"
}

# Installs what is missing, after saying what and why. Returns 1, naming the command that would do it,
# when it may not.
install_missing_packages() {
    local missing package
    if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
        echo "This needs Debian 12 or Ubuntu 24.04, or later: there is no apt here." >&2
        return 1
    fi
    mapfile -t missing < <(missing_packages)
    if [ ${#missing[@]} -eq 0 ]; then
        return
    fi
    echo "These packages are missing:"
    for package in "${missing[@]}"; do
        grep -E "^${package//./\\.} " "$packages_file" | sed 's/^/  /'
    done
    if [ "$(id -u)" -ne 0 ]; then
        echo "Installing them takes root. As root: apt-get install --no-install-recommends ${missing[*]}" >&2
        return 1
    fi
    echo "Installing them with apt-get."
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
    "${apt[@]}" update > /dev/null || echo "apt-get update failed; trying with the lists there are." >&2
    "${apt[@]}" --no-install-recommends install "${missing[@]}" > /dev/null || {
        echo "apt-get could not install: ${missing[*]}" >&2
        return 1
    }
}
