# shellcheck shell=bash
# Recorded sounds that are no speech, of Debian's packages. Sourced by scripts/bench.

# Prints the folder in which the packages' files are. Fetches the packages from this machine's own mirror and
# unpacks them in the cache folder; nothing is installed.
recorded_noises() {
    local packages=(scratch bucklespring-data asterisk-moh-opsound-wav) cache folder
    cache=${SANDALPHONE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sandalphone}
    folder=$cache/noises
    if [ ! -d "$folder" ]; then
        echo "Fetching recorded coughs, doors, keyboards and hold music: ${packages[*]}" >&2
        mkdir -p "$cache"
        (
            fetched=$(mktemp -d "$cache/noises-XXXXXX")
            trap 'rm -rf "$fetched"' EXIT
            chmod 755 "$fetched"
            cd "$fetched" || exit
            apt-get -q download "${packages[@]}" > /dev/null 2>&1 || {
                echo "They cannot be fetched: apt-get download ${packages[*]}" >&2
                exit 1
            }
            mkdir files
            for package in *.deb; do
                dpkg-deb -x "$package" files
            done
            mv files "$folder"
        )
    fi
    echo "$folder"
}
