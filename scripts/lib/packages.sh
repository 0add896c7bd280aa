# shellcheck shell=bash
# Brings the machine the Debian or Ubuntu packages it lacks. Sourced by the other scripts.

# The list: a package and its reason a line.
packages_file=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/packages.txt

# Whether only packages of component main are to be installed. The tests look at it as well: what needs
# another is skipped then.
export SANDALPHONE_FREE=${SANDALPHONE_FREE:-false}

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null)" = installed ]
}

# Prints the listed packages that are not installed.
missing_packages() {
    local package _
    while read -r package _; do
        case $package in
            '' | '#'*) continue ;;
        esac
        is_installed "$package" || echo "$package"
    done < "$packages_file"
}

apt_get() {
    env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"
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
    apt_get update > /dev/null || echo "apt-get update failed; trying with the lists there are." >&2
    apt_get --no-install-recommends install "${missing[@]}" > /dev/null || {
        echo "apt-get could not install: ${missing[*]}" >&2
        return 1
    }
}

# Installs certbot and Pebble, Let's Encrypt's server for tests, where this machine's archive has them: without them the tests
# of scripts/certificate are skipped, and say so. Needs root.
install_acme() {
    if is_installed pebble && is_installed certbot; then
        return
    fi
    echo "Installing pebble and certbot, for the tests of scripts/certificate (10 MB)."
    apt_get --no-install-recommends install pebble certbot > /dev/null ||
        echo "Without pebble: the tests of scripts/certificate are skipped."
}

# Whether the tests of pages have a browser to run in. They look at it as well: without one they
# are skipped and say so.
export SANDALPHONE_BROWSER=${SANDALPHONE_BROWSER:-true}

# Installs Chromium for the tests of pages (120 MB to download, 360 MB on the disk), where this
# machine's archive has it as a package: Ubuntu's is a snap, which runs in no container. Needs root.
install_browser() {
    local chromium=(--no-install-recommends install chromium)
    if command -v chromium > /dev/null || command -v chromium-browser > /dev/null; then
        return
    fi
    # No grep -q behind a pipe: it leaves early, and then what is found counts as missing (pipefail).
    if [ -n "$(apt-cache madison chromium 2> /dev/null)" ]; then
        echo "Installing chromium, for the tests of pages (120 MB)."
        # Security updates replace it every few days, and then the old one is gone: once more with new lists.
        if apt_get "${chromium[@]}" > /dev/null ||
            { apt_get update > /dev/null && apt_get "${chromium[@]}" > /dev/null; }; then
            return
        fi
        echo "apt-get could not install chromium." >&2
    fi
    SANDALPHONE_BROWSER=false
    echo "Without Chromium: the tests of pages are skipped."
}

# The two packages of SVOX Pico; the library's name changed with Debian 13.
pico_libraries=(libttspico0t64 libttspico0)
pico_data=libttspico-data

has_pico() {
    local library
    is_installed "$pico_data" || return 1
    for library in "${pico_libraries[@]}"; do
        ! is_installed "$library" || return 0
    done
    return 1
}

# Installs the voice that one understands best, which is not in main, unless only what is free is wanted.
# Needs root.
install_voice() {
    if has_pico; then
        return
    fi
    if [ "$SANDALPHONE_FREE" != true ] && install_pico; then
        return
    fi
    SANDALPHONE_FREE=true
    echo "Without SVOX Pico: English is spoken by flite and Spanish by espeak-ng, of which more words are misheard."
}

# Installs SVOX Pico from the component of Debian's or Ubuntu's archive that has it, by the machine's own
# sources. They are copied for this and not changed: nothing else of that component is ever offered.
# Returns 1 when it cannot.
install_pico() (
    component=non-free
    if grep -qsE '^ID(_LIKE)?=.*ubuntu' /etc/os-release; then
        component=multiverse
    fi
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    # apt fetches as a user of its own.
    chmod 755 "$folder"
    mkdir -p "$folder/sources" "$folder/lists/partial"
    # shellcheck disable=SC2016 # apt fills in the names
    while read -r file; do
        copy=$folder/sources/$(basename "$file")
        case $file in
            *.sources) sed -E "s/^Components:.*/Components: $component/; s/^Types:.*/Types: deb/" "$file" > "$copy" ;;
            *) sed -nE "s/^(deb( +\\[[^]]*\\])? +[^ ]+ +[^ /]+) .*/\\1 $component/p" "$file" | sort -u > "$copy" ;;
        esac
    done < <(apt-get indextargets --format '$(ORIGIN) $(COMPONENT) $(SOURCESENTRY)' 'Created-By: Packages' |
        sed -nE 's/^(Debian|Ubuntu) main (.*):[0-9]+$/\2/p' | sort -u)
    own=(-o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$folder/sources"
        -o "Dir::State::lists=$folder/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=)
    apt_get "${own[@]}" update > /dev/null 2>&1 || true
    for library in "${pico_libraries[@]}"; do
        if apt-cache "${own[@]}" show "$library" > /dev/null 2>&1; then
            echo "Installing $library and $pico_data (the voice SVOX Pico) from component $component of this machine's mirror," \
                "for these two packages only: their licence is free, the source of the voices is missing. Without: --free."
            apt_get "${own[@]}" --no-install-recommends install "$library" "$pico_data" > /dev/null && return 0
            echo "apt-get could not install $library." >&2
            return 1
        fi
    done
    echo "SVOX Pico is not to be had: this machine's mirror offers no component $component with it." >&2
    return 1
)
