# shellcheck shell=bash
# A plain Debian system that boots, with a network of its own and a world outside. Sourced by scripts/vps-test,
# which has sourced rootfs.sh and set `folder`, `trunk`, `stranger` and `server`.

: "${folder:?is set by whoever sources this}" "${trunk:?}" "${stranger:?}" "${server:?}"

# What a plain system has of its own, besides what it cannot do without: systemd, and a way in.
base_packages=systemd,systemd-sysv,dbus,openssh-server,python3,ca-certificates,iproute2
outside=sp$$-outside
vps=sp$$-vps
pids=()
# The process id of the booted system's systemd.
container=

# Ends process $1 of ours, and waits for that at most 20 s.
end_process() {
    kill "$1" 2> /dev/null || return 0
    for _ in $(seq 200); do
        kill -0 "$1" 2> /dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$1" 2> /dev/null || true
}

# Ends the system and its networks; its files stay.
power_off() {
    local pid
    for pid in "${pids[@]}"; do
        end_process "$pid"
    done
    pids=()
    container=
    ip netns del "$outside" 2> /dev/null || true
    ip netns del "$vps" 2> /dev/null || true
}

# Ends the system as when its power fails.
power_fails() {
    kill -KILL "$container"
    power_off
}

# Prints the folder of a plain system of the suite $1, making it if it is not there.
plain_system() {
    local suite=$1 system script=$1
    system=$(sandalphone_cache)/vps-$suite-$(printf '%s' "$base_packages $(uname -m)" | sha256sum | cut -c 1-12)
    if [ ! -d "$system" ]; then
        echo "Preparing a plain Debian $suite in $system (once)." >&2
        remove_half_made "$system.half-made"
        [ -e "/usr/share/debootstrap/scripts/$suite" ] || script=sid
        debootstrap --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg --include="$base_packages" \
            "$suite" "$system.half-made" "$(rootfs_mirror)" "$script" > "$system.log" 2>&1 ||
            { tail -n 20 "$system.log" >&2; remove_half_made "$system.half-made"; return 1; }
        rm -f "$system.log"
        mv "$system.half-made" "$system"
    fi
    echo "$system"
}

# The two networks: the world outside, and the server's, which reaches the archives as this machine does.
make_networks() {
    ip netns add "$outside"
    ip netns add "$vps"
    ip -n "$outside" link set lo up
    ip -n "$vps" link set lo up
    ip -n "$vps" link add wan0 type veth peer name wan0 netns "$outside"
    ip -n "$outside" address add "$trunk/24" dev wan0
    ip -n "$outside" address add "$stranger/24" dev wan0
    ip -n "$vps" address add "$server/24" dev wan0
    ip -n "$outside" link set wan0 up
    ip -n "$vps" link set wan0 up
    pasta -f -q --runas 0:0 --config-net --netns-only --netns "/run/netns/$vps" --ns-ifname uplink \
        -t none -u none -T none -U none > "$folder/pasta.log" 2>&1 < /dev/null &
    pids+=($!)
}

# Boots the system of suite $1 in $folder/system, and sets `container`.
boot() {
    local archives nspawn
    archives=$(sandalphone_cache)/vps-archives-$1
    mkdir -p "$archives" /run/systemd/nspawn/propagate
    SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 systemd-nspawn -q -D "$folder/system" -b --register=no --keep-unit --console=pipe \
        --network-namespace-path="/run/netns/$vps" --capability=CAP_NET_ADMIN --bind="$archives:/var/cache/apt/archives" \
        > "$folder/console.log" 2>&1 < /dev/null &
    nspawn=$!
    pids=("$nspawn" "${pids[@]}")
    for _ in $(seq 300); do
        container=$(pgrep -P "$nspawn" | head -n 1 || true)
        if [ -n "$container" ] && ip netns exec "$outside" bash -c "exec 3<>/dev/tcp/$server/22" 2> /dev/null; then
            return
        fi
        sleep 0.1
    done
    echo "the system does not boot:" >&2
    tail -n 20 "$folder/console.log" >&2
    return 1
}

# Runs a command within the system.
inside() {
    nsenter --target "$container" --all -- env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb "$@"
}
