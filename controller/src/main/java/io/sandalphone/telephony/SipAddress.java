package io.sandalphone.telephony;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A host that takes calls by SIP, as `sip:HOST[:PORT][;transport=udp|tcp|tls]` names it (RFC 3261, 19.1). Without
/// a transport it is up to whoever calls.
public record SipAddress(String host, Optional<Integer> port, Optional<String> transport) {
    /// What an address looks like, for messages.
    public static final String EXPECTED =
            "sip:HOST, sip:HOST:PORT, or either with ;transport=udp, tcp or tls behind it";

    // The parts of a host name (RFC 1123), the last of which begins with a letter (RFC 3261, 25.1),
    // and of an IPv4 address.
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String NAME = "[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

    private static final Pattern PARTS =
            Pattern.compile(
                    "sip:((?:"
                            + LABEL
                            + "\\.){0,20}"
                            + NAME
                            + "|(?:"
                            + BYTE
                            + "\\.){3}"
                            + BYTE
                            + ")"
                            + "(?::([1-9][0-9]{0,4}))?"
                            + "(?:;transport=(udp|tcp|tls))?");

    private static final int LARGEST_PORT = 65_535;

    /// Reads an address.
    ///
    /// @throws IllegalArgumentException when it is none; its message does not repeat the text
    public static SipAddress parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected " + EXPECTED);
        }
        Optional<Integer> port = Optional.ofNullable(parts.group(2)).map(Integer::valueOf);
        if (port.isPresent() && port.get() > LARGEST_PORT) {
            throw new IllegalArgumentException("expected " + EXPECTED);
        }
        return new SipAddress(parts.group(1), port, Optional.ofNullable(parts.group(3)));
    }

    /// The URI of `user` there. The user is made of letters and digits.
    public String uri(String user) {
        return "sip:"
                + user
                + "@"
                + host
                + port.map(number -> ":" + number).orElse("")
                + transport.map(name -> ";transport=" + name).orElse("");
    }

    /// As the settings name it.
    @Override
    public String toString() {
        return uri("").replace("sip:@", "sip:");
    }
}
