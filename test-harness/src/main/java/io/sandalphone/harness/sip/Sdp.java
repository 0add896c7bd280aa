package io.sandalphone.harness.sip;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A session description (RFC 4566) of the one kind these phones speak: G.711 at 8 kHz, 20 ms, and
/// telephone events (RFC 4733). `codecs` are in the order in which they are preferred, `events` is
/// the payload type of the events, or -1 for none.
record Sdp(InetSocketAddress media, List<Codec> codecs, int events) {
    static final String TYPE = "application/sdp";
    static final int OFFERED_EVENTS = 101;

    Sdp {
        codecs = List.copyOf(codecs);
    }

    /// Empty when the description has no audio, or none in G.711.
    static Optional<Sdp> parse(String text) {
        String host = "";
        int port = 0;
        List<Codec> codecs = new ArrayList<>();
        int events = -1;
        for (String line : text.split("\r?\n", -1)) {
            if (line.startsWith("c=IN IP4 ")) {
                host = line.substring("c=IN IP4 ".length()).strip();
            } else if (line.startsWith("m=audio ")) {
                String[] words = line.strip().split(" ", -1);
                port = Integer.parseInt(words[1]);
                for (int i = 3; i < words.length; i++) {
                    Codec.of(Integer.parseInt(words[i])).ifPresent(codecs::add);
                }
            } else if (line.startsWith("a=rtpmap:") && line.contains("telephone-event/8000")) {
                events = Integer.parseInt(line.substring("a=rtpmap:".length(), line.indexOf(' ')));
            }
        }
        return !codecs.isEmpty() && port > 0 && !host.isEmpty()
                ? Optional.of(new Sdp(new InetSocketAddress(host, port), codecs, events))
                : Optional.empty();
    }

    /// The codec in which to speak to who described themselves so: the first one they name that is
    /// one of `spoken`.
    Optional<Codec> common(List<Codec> spoken) {
        return codecs.stream().filter(spoken::contains).findFirst();
    }

    String text() {
        String host = media.getAddress().getHostAddress();
        String payloads =
                codecs.stream()
                        .map(codec -> Integer.toString(codec.payloadType()))
                        .collect(Collectors.joining(" "));
        String names =
                codecs.stream()
                        .map(
                                codec ->
                                        "a=rtpmap:%d %s/8000\r\n"
                                                .formatted(codec.payloadType(), codec))
                        .collect(Collectors.joining());
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
        %s%sa=ptime:20\r
        a=sendrecv\r
        """
                .formatted(
                        host,
                        host,
                        media.getPort(),
                        events < 0 ? payloads : payloads + " " + events,
                        names,
                        attributes);
    }
}
