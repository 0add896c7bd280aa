package io.sandalphone.harness.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A SIP request or response (RFC 3261, section 7): what it says, without any idea of what it
/// means.
///
/// A character stands for a byte, whatever the bytes mean: phones can send and read what is no
/// text. Header names are compared without regard to case, and short forms are read as the long ones.
record SipMessage(String startLine, List<Header> headers, String body) {
    private static final String VERSION = "SIP/2.0";
    private static final Map<String, String> LONG_NAMES =
            Map.of(
                    "v",
                    "Via",
                    "f",
                    "From",
                    "t",
                    "To",
                    "i",
                    "Call-ID",
                    "m",
                    "Contact",
                    "c",
                    "Content-Type",
                    "l",
                    "Content-Length");

    record Header(String name, String value) {
        boolean named(String wanted) {
            String full = LONG_NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
            return full.equalsIgnoreCase(wanted);
        }
    }

    SipMessage {
        headers = List.copyOf(headers);
    }

    static SipMessage request(String method, String uri) {
        return new SipMessage(method + " " + uri + " " + VERSION, List.of(), "");
    }

    /// A response to `request`, which takes over what RFC 3261, 8.2.6.2 says it must.
    static SipMessage response(SipMessage request, int status) {
        List<Header> headers = new ArrayList<>();
        for (Header header : request.headers) {
            if (List.of("Via", "From", "To", "Call-ID", "CSeq", "Record-Route").stream()
                    .anyMatch(header::named)) {
                headers.add(header);
            }
        }
        return new SipMessage(VERSION + " " + status + " " + reason(status), headers, "");
    }

    /// Reads one datagram; empty when it is no SIP message, as keep-alives are not.
    static Optional<SipMessage> parse(byte[] datagram, int length) {
        String text = new String(datagram, 0, length, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return Optional.empty();
        }
        // A line that begins with a blank goes on with the header before it.
        String[] lines = text.substring(0, end).replaceAll("\r\n[ \t]+", " ").split("\r\n", -1);
        List<Header> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 0) {
                return Optional.empty();
            }
            headers.add(
                    new Header(
                            lines[i].substring(0, colon).strip(),
                            lines[i].substring(colon + 1).strip()));
        }
        var message = new SipMessage(lines[0], headers, text.substring(end + 4));
        boolean complete = message.header("Via").isPresent() && message.header("CSeq").isPresent();
        return complete && lines[0].split(" ", 3).length == 3
                ? Optional.of(message)
                : Optional.empty();
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(startLine).append("\r\n");
        for (Header header : headers) {
            text.append(header.name).append(": ").append(header.value).append("\r\n");
        }
        text.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// As it stands on the wire, but for its length.
    @Override
    public String toString() {
        return new String(bytes(), StandardCharsets.ISO_8859_1);
    }

    SipMessage with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new SipMessage(startLine, more, body);
    }

    /// With `value` in the place of the first header of that name.
    SipMessage replacing(String name, String value) {
        List<Header> changed = new ArrayList<>(headers);
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i).named(name)) {
                changed.set(i, new Header(name, value));
                break;
            }
        }
        return new SipMessage(startLine, changed, body);
    }

    SipMessage withBody(String type, String content) {
        return new SipMessage(startLine, with("Content-Type", type).headers, content);
    }

    boolean isRequest() {
        return !startLine.startsWith(VERSION);
    }

    /// Of a request the first word, of a response the method it answers.
    String method() {
        return isRequest() ? startLine.split(" ", 3)[0] : cseq().method();
    }

    /// Of a request, whom it is for.
    String requestUri() {
        return startLine.split(" ", 3)[1];
    }

    /// Of a response.
    int status() {
        return Integer.parseInt(startLine.split(" ", 3)[1]);
    }

    CSeq cseq() {
        String[] parts = require("CSeq").split("\\s+", 2);
        return new CSeq(Long.parseLong(parts[0]), parts[1]);
    }

    record CSeq(long number, String method) {
        @Override
        public String toString() {
            return number + " " + method;
        }
    }

    Optional<String> header(String name) {
        return headers.stream().filter(each -> each.named(name)).map(Header::value).findFirst();
    }

    List<String> all(String name) {
        return headers.stream().filter(each -> each.named(name)).map(Header::value).toList();
    }

    String require(String name) {
        return header(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("no " + name + " in a SIP message"));
    }

    /// What tells the transaction this message belongs to from others: RFC 3261, 17.1.3. An ACK
    /// belongs to its INVITE.
    String transaction() {
        String method = cseq().method().equals("ACK") ? "INVITE" : cseq().method();
        return parameter(require("Via"), "branch") + " " + method;
    }

    /// The value of `;name=value` in a header, or an empty text.
    static String parameter(String header, String name) {
        for (String part : header.substring(header.indexOf('>') + 1).split(";", -1)) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equalsIgnoreCase(name)) {
                return pair[1];
            }
        }
        return "";
    }

    /// The address within `<` and `>`, or the whole header without parameters.
    static String address(String header) {
        int open = header.indexOf('<');
        return open < 0
                ? header.split(";", 2)[0].strip()
                : header.substring(open + 1, header.indexOf('>', open));
    }

    private static String reason(int status) {
        return switch (status) {
            case 100 -> "Trying";
            case 180 -> "Ringing";
            case 183 -> "Session Progress";
            case 200 -> "OK";
            case 404 -> "Not Found";
            case 480 -> "Temporarily Unavailable";
            case 481 -> "Call/Transaction Does Not Exist";
            case 486 -> "Busy Here";
            case 487 -> "Request Terminated";
            case 488 -> "Not Acceptable Here";
            case 503 -> "Service Unavailable";
            case 603 -> "Decline";
            default -> "Status " + status;
        };
    }
}
