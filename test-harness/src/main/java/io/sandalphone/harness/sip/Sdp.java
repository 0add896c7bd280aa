package io.sandalphone.harness.sip;

import java.net.InetSocketAddress;
import java.util.Optional;

/// A session description (RFC 4566) of the one kind these phones speak: PCMU at 8 kHz, 20 ms, and
/// telephone events (RFC 4733). `events` is the payload type of those, or -1 for none.
record Sdp(InetSocketAddress media, int events) {
    static final String TYPE = "application/sdp";
    static final int PCMU = 0;
    static final int OFFERED_EVENTS = 101;

    /// Empty when the description has no audio, or none in PCMU.
    static Optional<Sdp> parse(String text) {
        String host = "";
        int port = 0;
        boolean pcmu = false;
        int events = -1;
        for (String line : text.split("\r?\n", -1)) {
            if (line.startsWith("c=IN IP4 ")) {
                host = line.substring("c=IN IP4 ".length()).strip();
            } else if (line.startsWith("m=audio ")) {
                String[] words = line.split(" ", -1);
                port = Integer.parseInt(words[1]);
                for (int i = 3; i < words.length; i++) {
                    pcmu |= words[i].strip().equals("0");
                }
            } else if (line.startsWith("a=rtpmap:") && line.contains("telephone-event/8000")) {
                events = Integer.parseInt(line.substring("a=rtpmap:".length(), line.indexOf(' ')));
            }
        }
        return pcmu && port > 0 && !host.isEmpty()
                ? Optional.of(new Sdp(new InetSocketAddress(host, port), events))
                : Optional.empty();
    }

    String text() {
        String host = media.getAddress().getHostAddress();
        String payloads = events < 0 ? "0" : "0 " + events;
        String attributes =
                events < 0
                        ? ""
                        : "a=rtpmap:%d telephone-event/8000\r\na=fmtp:%d 0-15\r\n"
                                .formatted(events, events);
        return """
        v=0\r
        o=phone 1 1 IN IP4 %s\r
        s=call\r
        c=IN IP4 %s\r
        t=0 0\r
        m=audio %d RTP/AVP %s\r
        a=rtpmap:0 PCMU/8000\r
        %sa=ptime:20\r
        a=sendrecv\r
        """
                .formatted(host, host, media.getPort(), payloads, attributes);
    }
}
