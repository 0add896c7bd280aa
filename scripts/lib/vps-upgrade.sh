# shellcheck shell=bash
# `failed` is read by scripts/vps-test.
# shellcheck disable=SC2034
# Upgrades an installed gateway, sound and broken, and goes back. Sourced by scripts/vps-test, which has sourced
# vps-system.sh and vps-mid-call.sh, and has `call_or_complain`.

: "${folder:?is set by whoever sources this}"

# Whether anything did not hold: 1 then.
failed=0

# Makes of the package $1 one of a later version, ending in +$2, changed by the further arguments: a command that is
# run in the folder of its program. Prints where it is.
later_package() {
    local package=$1 name=$2 tree=$folder/later version file
    shift 2
    rm -rf "$tree"
    dpkg-deb -R "$package" "$tree"
    version=$(dpkg-deb -f "$package" Version)+$name
    sed -i "s/^Version: .*/Version: $version/" "$tree/DEBIAN/control"
    echo "$version" > "$tree/usr/lib/sandalphone/package/version"
    (cd "$tree/usr/lib/sandalphone/package" && "$@")
    # What is said of a package's files must be true of a changed one, too.
    (cd "$tree" && find usr etc -type f -print0 | xargs -0 md5sum > DEBIAN/md5sums)
    file=$folder/system/var/tmp/sandalphone-$name.deb
    dpkg-deb --root-owner-group -Znone --build "$tree" "$file" > /dev/null
    rm -rf "$tree"
    echo "/var/tmp/sandalphone-$name.deb"
}

# What an upgrade must keep: a line for each file of the settings and credentials.
kept() {
    inside find /etc/sandalphone -type f -exec sha256sum {} + | sort -k 2
}

# How many lines of the gateway's log hold $1, since the system was booted.
times_logged() {
    inside journalctl -q -b --no-pager -o cat -u sandalphone | grep -cF "$1" || true
}

main_process() {
    inside systemctl show sandalphone -p MainPID --value
}

version_in_use() {
    inside cat /usr/lib/sandalphone/current/version
}

# Complains that $1, when the two that follow differ.
expect_same() {
    if [ "$2" != "$3" ]; then
        echo "$1: expected $2, found $3" >&2
        failed=1
    fi
}

# Installs $1, whose version must then be in use, by one restart that drained, in the midst of a call. $2 names the moment.
upgrade_to() {
    local package=$1 moment=$2 version before drained started
    before=$(kept)
    drained=$(times_logged 'controller drains')
    started=$(times_logged 'controller is ready')
    mid_call "$moment" dpkg -i "$package"
    version=$(inside dpkg-deb -f "$package" Version)
    expect_same "$version: the version in use" "$version" "$(version_in_use)"
    expect_same "$version: drained" $((drained + 1)) "$(times_logged 'controller drains')"
    expect_same "$version: started" $((started + 1)) "$(times_logged 'controller is ready')"
    expect_same "$version: settings and credentials" "$before" "$(kept)"
    expect_same "$version: folders of versions" 1 "$(inside find /usr/lib/sandalphone/versions -mindepth 1 -maxdepth 1 | wc -l)"
}

# Installs $1, which is broken: it must be refused, with $2 in what is said, and the version before must be in use.
upgrade_fails() {
    local package=$1 sentence=$2 before version
    before=$(kept)
    version=$(version_in_use)
    if inside dpkg -i "$package" > "$folder/dpkg.log" 2>&1; then
        echo "$package is broken and was installed" >&2
        failed=1
    fi
    if ! grep -qF "$sentence" "$folder/dpkg.log"; then
        echo "not said of $package: $sentence" >&2
        tail -n 5 "$folder/dpkg.log" >&2
        failed=1
    fi
    expect_same "$package: the version in use" "$version" "$(version_in_use)"
    expect_same "$package: the gateway" active "$(inside systemctl is-active sandalphone)"
    expect_same "$package: settings and credentials" "$before" "$(kept)"
}

# Upgrades of the package $1, each followed by a call, and back. Adds to `failed` what did not hold.
try_upgrades() {
    local package=$1 first=/var/tmp/sandalphone-first.deb good broken unready process
    cp "$package" "$folder/system$first"
    good=$(later_package "$package" good true)
    broken=$(later_package "$package" broken truncate -s 100000 app/sandalphone.jar)
    unready=$(later_package "$package" unready sed -i '2i exit 1' serve)

    upgrade_to "$good" "an update in mid-call" && call_or_complain "after the upgrade" || return 1

    # It is tried before anything is changed: the process that runs goes on.
    process=$(main_process)
    upgrade_fails "$broken" 'does not start'
    expect_same "a broken upgrade: the process" "$process" "$(main_process)"
    call_or_complain "after a broken upgrade" || return 1

    # That it does not get ready shows when it is started.
    upgrade_fails "$unready" 'does not get ready'
    call_or_complain "after an upgrade that does not get ready" || return 1

    upgrade_to "$first" "going back in mid-call" && call_or_complain "after going back" || return 1
    inside sh -c 'rm -f /var/tmp/sandalphone-*.deb'
}
