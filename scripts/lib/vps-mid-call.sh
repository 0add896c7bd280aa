# shellcheck shell=bash
# Takes the gateway away in the midst of calls: by kills, updates, and a power failure. Sourced by scripts/vps-test, which has
# sourced vps-system.sh and vps-upgrade.sh, and has `call_or_complain`.
# Their variables are used here, and theirs is `failed`:
# shellcheck disable=SC2034,SC2154

: "${folder:?is set by whoever sources this}"

# Where this machine's kernel keeps what the shares of Asterisk and of a login are.
weights=/sys/fs/cgroup/cpu/sp$$-asterisk
login_weights=/sys/fs/cgroup/cpu/sp$$-login

# Runs in the system: takes the gateway away by the command that its arguments are, and waits until it is ready again, and
# the one call interpreted.
interruption() {
    cat <<'SCRIPT'
#!/bin/bash
set -euo pipefail
# When the gateway was last ready, in microseconds of the monotonic clock.
ready() { systemctl show sandalphone -p ActiveEnterTimestampMonotonic --value; }
interpreted() {
    curl -s -m 2 -H "Authorization: Bearer $(cat /etc/sandalphone/credentials/http-token)" http://127.0.0.1:8090/sessions |
        jq -e '[.sessions[] | select(.state == "talking" and .audio_attached)] | length == 1' > /dev/null 2>&1
}
millis() {
    read -r uptime _ < /proc/uptime
    echo $((${uptime/./} * 10))
}
before=$(ready)
"$@" > /dev/null
for _ in $(seq 600); do
    [ "$(systemctl is-active sandalphone)" != active ] || [ "$(ready)" = "$before" ] || break
    sleep 0.1
done
[ "$(ready)" != "$before" ] || { echo "the gateway did not come back" >&2; exit 1; }
for _ in $(seq 1000); do
    ! interpreted || break
    sleep 0.02
done
interpreted || { echo "the call is not interpreted again" >&2; exit 1; }
again=$(millis)
ready=$(($(ready) / 1000))
left=$(($(systemctl show sandalphone -p ActiveExitTimestampMonotonic --value) / 1000))
echo "away $((ready - left)) ms from $((left - BEGAN_MILLIS)) ms on, interpreted again $((again - ready)) ms after the start"
SCRIPT
}

# Makes a call in whose midst the command runs in the system that the arguments after the moment $1 are, and takes the gateway
# away: neither of the two may be without the other, and they must be interpreted again. Adds a line to `heard`.
mid_call() {
    local moment=$1
    shift
    interruption > "$folder/system/root/interruption"
    give_weight
    call_or_complain "$moment" --amid "$(logging_in)nsenter --target $container --all -- bash /root/interruption $*" || failed=1
    sed -n "s/^\(away .*\)/\1/p; s/^.*\(the caller missed .*\)/\1/p" "$folder/said" | paste -sd ';' |
        sed "s/^/$suite, $moment: /; s/;/; /g" >> "$folder/heard"
}

# Has the kernel share processors as the units of Asterisk and of logins say, where the system cannot say so itself: with the
# first version of control groups they are this machine's alone.
give_weight() {
    [ -e /sys/fs/cgroup/cpu/cpu.shares ] || return 0
    share "$weights" sandalphone-asterisk
    share "$login_weights" user.slice
    pgrep --ns "$container" --nslist pid -o -x asterisk > "$weights/cgroup.procs"
}

# Makes the group $1 with the weight of the unit $2. Usual are 100 there and 1024 here.
share() {
    mkdir -p "$1"
    echo $(($(inside systemctl show "$2" -p CPUWeight --value) * 1024 / 100)) > "$1/cpu.shares"
}

# Prints what has the shell that runs it be a login.
logging_in() {
    # shellcheck disable=SC2016 # that shell's own number
    [ ! -d "$login_weights" ] || printf 'echo $$ > %s; ' "$login_weights/cgroup.procs"
}

# Kills the gateway in the midst of a call, again and again; systemd starts it anew. Each call must be taken up again, and
# nothing of it may be left.
try_kills() {
    local number adopted
    adopted=$(times_logged 'call adopted')
    for number in $(seq "$kills"); do
        mid_call "kill $number" systemctl kill -s KILL sandalphone
        expect_same "channels after kill $number" 0 "$(phone_channels)"
        expect_same "calls after kill $number" 'no calls' "$(inside sandalphone-calls)"
    done
    expect_same "calls that were taken up again" $((adopted + kills)) "$(times_logged 'call adopted')"
}

# Waits at most 30 s until the command that the further arguments are prints $2: then $1 is as it must be.
expect_soon() {
    local what=$1 expected=$2
    shift 2
    for _ in $(seq 300); do
        [ "$("$@")" != "$expected" ] || return 0
        sleep 0.1
    done
    expect_same "$what" "$expected" "$("$@")"
}

# How many calls the journal in the file $1 has.
journal_calls() {
    jq '.calls | length' "$1"
}

# Ends the system in the middle of a call as when its power fails, and boots it again: it must be ready by itself, with
# nothing of that call, and must not believe what its journal says of it.
try_power_failure() {
    local journal=$folder/system/var/lib/sandalphone/journal
    call_or_complain "before the power fails" --leave || return 1
    expect_same "channels of the call that was left" 2 "$(phone_channels)"
    power_fails
    expect_same "calls in the journal when the power has failed" 1 "$(journal_calls "$journal")"
    make_networks
    boot "$suite"
    for _ in $(seq 600); do
        [ "$(inside systemctl is-active sandalphone || true)" != active ] || break
        sleep 0.1
    done
    expect_same "the gateway after the boot" active "$(inside systemctl is-active sandalphone || true)"
    expect_same "channels after the boot" 0 "$(phone_channels)"
    expect_same "calls after the boot" 'no calls' "$(inside sandalphone-calls)"
    # Asterisk may be ready later than the gateway.
    expect_soon "calls that were known to be over" 1 times_logged 'call ended while no gateway was there'
    expect_same "calls that were believed to be there" 0 "$(times_logged 'call adopted')"
    expect_soon "calls in the journal after the boot" 0 journal_calls "$journal"
    call_or_complain "after the boot"
}
