package io.sandalphone.harness.attack;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes of an INVITE, of which every header can be anything. Texts stand for bytes (ISO 8859-1).
///
/// @param uri whom it is for
/// @param headers whole lines, without their ends
public record Invite(String uri, List<String> headers, String callId, String branch, String body) {
    private static final AtomicLong NEXT = new AtomicLong(System.nanoTime());

    public Invite {
        headers = List.copyOf(headers);
    }

    /// A good one from `from`, the whole value of its header without the tag, to `called`.
    public static Invite of(SipSocket socket, String called, String from) {
        InetSocketAddress local = socket.local();
        String host = local.getAddress().getHostAddress() + ":" + local.getPort();
        String token = Long.toString(NEXT.incrementAndGet(), 36);
        String branch = "z9hG4bK" + token;
        List<String> headers =
                List.of(
                        "Via: SIP/2.0/UDP " + host + ";branch=" + branch,
                        "Max-Forwards: 70",
                        "From: " + from + ";tag=" + token,
                        "To: <sip:" + called + "@10.77.0.2>",
                        "Call-ID: " + token,
                        "CSeq: 1 INVITE",
                        "Contact: <sip:carrier@" + host + ">");
        return new Invite("sip:" + called + "@10.77.0.2:5060", headers, token, branch, sdp(socket));
    }

    /// A session description: PCMU, at a port where nobody listens.
    private static String sdp(SipSocket socket) {
        String host = socket.local().getAddress().getHostAddress();
        return "v=0\r\no=x 1 1 IN IP4 %s\r\ns=x\r\nc=IN IP4 %s\r\nt=0 0\r\n".formatted(host, host)
                + "m=audio 40000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";
    }

    /// With one more line.
    public Invite with(String header) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        return new Invite(uri, more, callId, branch, body);
    }

    /// With `header` in the place of the line of that name.
    public Invite replacing(String name, String header) {
        List<String> changed = new ArrayList<>(headers);
        changed.replaceAll(
                each ->
                        each.regionMatches(true, 0, name + ":", 0, name.length() + 1)
                                ? header
                                : each);
        return new Invite(uri, changed, callId, branch, body);
    }

    /// For another address.
    public Invite to(String otherUri) {
        return new Invite(otherUri, headers, callId, branch, body);
    }

    /// With another body.
    public Invite withBody(String other) {
        return new Invite(uri, headers, callId, branch, other);
    }

    /// The whole message.
    public String text() {
        return "INVITE "
                + uri
                + " SIP/2.0\r\n"
                + String.join("\r\n", headers)
                + "\r\nContent-Type: application/sdp\r\nContent-Length: "
                + body.getBytes(StandardCharsets.ISO_8859_1).length
                + "\r\n\r\n"
                + body;
    }

    /// What ends it while it rings.
    public String cancel() {
        return inDialog("CANCEL", "");
    }

    /// What acknowledges a refusal (RFC 3261, 17.1.1.3).
    public String ack(SipSocket.Received refusal) {
        return inDialog("ACK", refusal.header("To").orElse(""));
    }

    private String inDialog(String method, String to) {
        StringBuilder text = new StringBuilder(method + " " + uri + " SIP/2.0\r\n");
        for (String header : headers) {
            String name = header.substring(0, Math.max(0, header.indexOf(':')));
            switch (name) {
                case "To" -> text.append(to.isEmpty() ? header : "To: " + to).append("\r\n");
                case "CSeq" -> text.append("CSeq: 1 ").append(method).append("\r\n");
                case "Via", "Max-Forwards", "From", "Call-ID" -> text.append(header).append("\r\n");
                default -> {}
            }
        }
        return text.append("Content-Length: 0\r\n\r\n").toString();
    }
}
