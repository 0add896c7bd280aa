# shellcheck shell=bash
# Has a stranger refused at the SIP port, who names somebody else's address wherever they may, and looks whom fail2ban
# bans. Sourced by scripts/vps-test, which has sourced vps-system.sh and vps-upgrade.sh, and has `called`.

: "${outside:?is set by whoever sources this}" "${server:?}" "${stranger:?}" "${trunk:?}"

# Whom the stranger would have banned: nobody's (RFC 5737).
forged=203.0.113.66

# Sends requests from the address $1 to the server's SIP port: plain ones, and those whose user part, name, Call-ID and
# contact hold what Asterisk's log would say of the forged address.
knock() {
    local from=$1 user call number=0
    local quoted="x%22%2CSessionID%3D%22y%22%2CLocalAddress%3D%22IPV4/UDP/$server/5060%22%2CRemoteAddress%3D%22IPV4/UDP/$forged/5060"
    local rejected="SIP%20ACL:%20Rejecting%20'$forged'%20due%20to%20a%20failure%20to%20pass%20ACL%20'fence'"
    # The source address of what is sent from there.
    ip -n "$outside" route replace "$server/32" dev wan0 src "$from"
    for user in plain "$quoted" "$rejected" "%0D%0A$rejected%0D%0A" plain plain; do
        for call in "plain" "x\",LocalAddress=\"IPV4/UDP/$server/5060\",RemoteAddress=\"IPV4/UDP/$forged/5060"; do
            number=$((number + 1))
            printf '%s\r\n' "REGISTER sip:$server SIP/2.0" "Via: SIP/2.0/UDP $from:5060;branch=z9hG4bK$number;rport" \
                'Max-Forwards: 70' "From: \"$forged\" <sip:$user@$server>;tag=t$number" "To: <sip:$user@$server>" \
                "Call-ID: $number$call" 'CSeq: 1 REGISTER' "Contact: <sip:$user@$forged:5060>" 'Content-Length: 0' '' |
                ip netns exec "$outside" bash -c "cat > /dev/udp/$server/5060"
        done
    done
    ip -n "$outside" route del "$server/32" dev wan0
}

banned() {
    inside fail2ban-client get sandalphone-sip banip | tr -d ' \n'
}

# Knocks, and expects that within 20 s the stranger, and nobody else, is banned: $1 says why they were refused.
expect_ban() {
    knock "$stranger"
    for _ in $(seq 200); do
        [ -z "$(banned)" ] || break
        sleep 0.1
    done
    # What else would be banned is then.
    sleep 1
    expect_same "banned, $1" "$stranger" "$(banned)"
    inside fail2ban-client unban --all > /dev/null
}

# Without the fence strangers get as far as Asterisk: first to its list of addresses, then, without that, to the accounts.
try_jails() {
    local settings=/etc/sandalphone/asterisk/pjsip.conf
    knock "$stranger"
    expect_same "banned behind the fence" '' "$(banned)"
    inside nft flush chain ip sandalphone input
    inside nft add rule inet sandalphone-host input udp dport 5060 accept
    # The trunk may be refused as often as it likes.
    knock "$trunk"
    expect_ban "by Asterisk's list"
    inside cp -p "$settings" /root/
    # Written in place, as it stays Asterisk's to read.
    inside sh -c "sed 's/^deny = .*//; s/^endpoint_identifier_order = .*/endpoint_identifier_order = ip,username/' \
        /root/pjsip.conf > $settings"
    inside sandalphone-asterisk -rx 'core reload' > /dev/null
    expect_ban "for an account that is not there"
    inside cp -p /root/pjsip.conf "$settings"
    inside systemctl reload sandalphone-firewall
    inside sandalphone-asterisk -rx 'core reload' > /dev/null
}
