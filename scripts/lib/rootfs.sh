#!/usr/bin/env bash
# Makes, once, the root file system in which a real Asterisk 22 runs for demo and tests, and keeps it in
# a cache folder outside the repository. Sourced by the other scripts; run by itself it prepares it, in a
# checkout after the packages that demo and tests take, or with --print only says where it is.

# Raise it when what is done below changes what comes out.
rootfs_recipe=1
# What goes in. PocketSphinx 5 is here for the tests of the recognizer: Debian 12 itself has only 0.8. A server wants
# Asterisk alone.
read -r -a rootfs_packages <<< "${SANDALPHONE_ROOTFS_PACKAGES:-asterisk pocketsphinx pocketsphinx-en-us}"

sandalphone_cache() {
    echo "${SANDALPHONE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sandalphone}"
}

# The distribution whose archive it is made from. On Ubuntu that is Ubuntu's, unless
# SANDALPHONE_DEBIAN_MIRROR names a Debian archive.
rootfs_origin() {
    if [ -z "${SANDALPHONE_DEBIAN_MIRROR:-}" ] && (. /etc/os-release && [ "$ID" = ubuntu ]); then
        echo Ubuntu
    else
        echo Debian
    fi
}

# The suite there that has Asterisk 22.10. (Debian 12 and 13 have no Asterisk of their own.)
rootfs_suite() {
    case $(rootfs_origin) in
        Ubuntu) (. /etc/os-release && echo "$VERSION_CODENAME") ;;
        Debian) echo forky ;;
    esac
}

# Prints the folder, named by what is in it, whether it is there or not.
asterisk_rootfs() {
    local suite contents key
    suite=$(rootfs_suite)
    contents="$rootfs_recipe $suite $(uname -m) ${rootfs_packages[*]}"
    key=$(printf '%s' "$contents" | sha256sum | cut -c 1-12)
    echo "$(sandalphone_cache)/asterisk-$suite-$key"
}

# Prints the archive to take it from: the one this machine gets its own packages from.
rootfs_mirror() {
    if [ -n "${SANDALPHONE_DEBIAN_MIRROR:-}" ]; then
        echo "$SANDALPHONE_DEBIAN_MIRROR"
        return
    fi
    # shellcheck disable=SC2016 # apt fills in these names, not the shell
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)' 'Created-By: Packages' |
        awk -F'|' -v origin="$(rootfs_origin)" \
            '!found && $1 == origin && $2 == origin && $3 == "main" { print $4; found = 1 }'
}

# The versions the controller is tested with: older ones jam under ARI, newer ones changed how a whisper
# is mixed in.
check_asterisk_version() {
    local version
    version=$(chroot "$1" asterisk -V | sed -n 's/^Asterisk \([0-9]*\.[0-9]*\).*/\1/p')
    if [ "$version" != 22.10 ]; then
        echo "Asterisk 22.10 is needed, but $(rootfs_origin) $(rootfs_suite) brings ${version:-none}." \
            "SANDALPHONE_DEBIAN_MIRROR=URL takes it from a Debian archive that has it." >&2
        return 1
    fi
}

# Makes the folder if it is not there; the line that says so comes before the work. Two scripts at once
# make it once; one that was stopped half-way leaves nothing that counts as made.
prepare_asterisk_rootfs() {
    local rootfs
    rootfs=$(asterisk_rootfs)
    if [ -d "$rootfs" ]; then
        return
    fi
    if [ "$(id -u)" -ne 0 ]; then
        echo "Preparing Asterisk's root file system takes root. As root: scripts/lib/rootfs.sh" >&2
        return 1
    fi
    mkdir -p "$(dirname "$rootfs")"
    (
        flock 9
        [ -d "$rootfs" ] || make_asterisk_rootfs "$rootfs"
    ) 9> "$rootfs.lock"
}

make_asterisk_rootfs() {
    local rootfs=$1 mirror log=$1.log half=$1.half-made
    mirror=$(rootfs_mirror)
    if [ -z "$mirror" ]; then
        echo "apt's configuration names no archive of $(rootfs_origin) to take Asterisk from" \
            "(if apt-get update was never run: it is due)." >&2
        return 1
    fi
    echo "Preparing Asterisk from $(rootfs_origin) $(rootfs_suite) in $rootfs (320 MB, a few minutes, once)."
    remove_half_made "$half"
    if ! bootstrap "$half" "$mirror" > "$log" 2>&1; then
        echo "debootstrap failed; the end of $log:" >&2
        tail -n 20 "$log" >&2
        remove_half_made "$half"
        return 1
    fi
    if ! check_asterisk_version "$half"; then
        remove_half_made "$half"
        return 1
    fi
    # What a run does not read. Asterisk's sample configuration would only hide that ours lacks a file.
    rm -rf "$half"/var/cache/apt/* "$half"/var/lib/apt/lists/* "$half"/usr/share/{doc,man,locale,info}/* \
        "$half"/etc/asterisk/*
    mv "$half" "$rootfs"
    rm -f "$log"
}

bootstrap() {
    local suite script components keyring
    suite=$(rootfs_suite)
    case $(rootfs_origin) in
        Ubuntu)
            components=main,universe
            keyring=/usr/share/keyrings/ubuntu-archive-keyring.gpg
            script=$suite
            ;;
        Debian)
            components=main
            keyring=/usr/share/keyrings/debian-archive-keyring.gpg
            # Debian 12's debootstrap knows no forky; sid's script makes it as well.
            script=sid
            ;;
    esac
    debootstrap --variant=minbase --components="$components" --keyring="$keyring" \
        --include="$(IFS=, && echo "${rootfs_packages[*]}")" "$suite" "$1" "$2" "$script"
}

# A debootstrap that was killed leaves its mounts behind as well.
remove_half_made() {
    local mount
    while read -r mount; do
        umount "$mount"
    done < <(awk -v below="$1/" 'index($2, below) == 1 { print $2 }' /proc/mounts | sort -r)
    rm -rf --one-file-system "$1"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    set -euo pipefail
    case "${1:-}" in
        '')
            # In a checkout, where whoever runs it wants to try something; a server has just what it takes.
            packages=$(dirname "${BASH_SOURCE[0]}")/packages.sh
            if [ -f "$packages" ]; then
                # shellcheck source=lib/packages.sh
                . "$packages"
                install_missing_packages
            fi
            prepare_asterisk_rootfs
            asterisk_rootfs
            ;;
        --print) asterisk_rootfs ;;
        --help)
            echo "usage: scripts/lib/rootfs.sh [--print]"
            echo "  Prepares the root file system of the test Asterisk and prints its folder; --print only prints."
            echo "  In a checkout the packages that demo and tests take are installed before (scripts/lib/packages.txt)."
            ;;
        *)
            echo "usage: scripts/lib/rootfs.sh [--print]" >&2
            exit 2
            ;;
    esac
fi
