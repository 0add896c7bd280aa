package io.sandalphone.harness.attack;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Requests whose end can be read in two ways (RFC 9112, sections 2 to 7), each with a second request in
/// what a proxy would take for the first one's body, or behind it.
///
/// @param http where they are sent
/// @param opening the request line of the first request and the headers it needs
/// @param hidden those of the second
public record AmbiguousRequests(RawHttp http, String opening, String hidden) {
    private static final Duration SILENCE = Duration.ofSeconds(3);

    /// Sends them all, among them `lookalikes` headers that nearly have the name of a length.
    public void sendAll(Random random, int lookalikes, Tries tries) throws IOException {
        String length = Integer.toString(second().length());
        for (String name : lookalikes(random, lookalikes)) {
            // No length: what follows is a request of its own, as a proxy sees it too.
            RawHttp.Reply reply = http.exchange(request(name + ": " + length) + second(), SILENCE);
            tries.check(
                    name,
                    reply.statuses().size() == 2 || refused(reply),
                    () -> "taken for a length: " + reply.statuses());
        }
        for (Map.Entry<String, String> each : ambiguous().entrySet()) {
            RawHttp.Reply reply = http.exchange(each.getValue(), SILENCE);
            tries.check(each.getKey(), refused(reply), () -> describe(reply));
        }
        tries.check(
                "afterwards",
                http.exchange(
                                "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                                SILENCE)
                        .statuses()
                        .equals(List.of(200)),
                () -> "a good request is not answered");
    }

    private static boolean refused(RawHttp.Reply reply) {
        return reply.closed()
                && reply.statuses().size() == 1
                && List.of(400, 411, 413, 414, 431, 501, 505).contains(reply.statuses().getFirst());
    }

    private static String describe(RawHttp.Reply reply) {
        return "answered "
                + reply.statuses()
                + (reply.closed() ? ", closed" : ", and the connection left open");
    }

    private String request(String... headers) {
        return opening + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private String second() {
        return hidden + "Connection: close\r\n\r\n";
    }

    /// `Content-Length` with one or two characters changed, never itself.
    private static List<String> lookalikes(Random random, int count) {
        List<String> names = new ArrayList<>(List.of("Content-Xength", "Content_Length"));
        String real = "content-length";
        String letters = "abcdefghijklmnopqrstuvwxyz-_";
        while (names.size() < count) {
            char[] name = real.toCharArray();
            for (int i = 0; i <= random.nextInt(2); i++) {
                name[random.nextInt(name.length)] =
                        letters.charAt(random.nextInt(letters.length()));
            }
            String changed = new String(name);
            if (!changed.equals(real)) {
                names.add(changed);
            }
        }
        return names;
    }

    private Map<String, String> ambiguous() {
        String whole = second();
        String length = Integer.toString(whole.length());
        String chunked = "Transfer-Encoding: chunked";
        String end = "0\r\n\r\n";
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("length and chunked", request("Content-Length: 5", chunked) + end + whole);
        requests.put(
                "chunked and length", request(chunked, "Content-Length: " + length) + end + whole);
        requests.put(
                "two lengths", request("Content-Length: 0", "Content-Length: " + length) + whole);
        requests.put("a list of lengths", request("Content-Length: 0, " + length) + whole);
        for (String other :
                List.of(
                        "+" + length,
                        "-1",
                        "0x" + length,
                        length + "abc",
                        "1 2",
                        "\"" + length + "\"",
                        "99999999999999999999",
                        "1e1",
                        "\u00b2",
                        "")) {
            requests.put("length " + other, request("Content-Length: " + other) + whole);
        }
        requests.put(
                "length, blank before the colon", request("Content-Length : " + length) + whole);
        requests.put(
                "chunked, blank before the colon",
                request("Transfer-Encoding : chunked") + end + whole);
        requests.put("chunked, folded", request("Transfer-Encoding:\r\n chunked") + end + whole);
        for (String coding :
                List.of(
                        "xchunked",
                        "chunkedx",
                        "chunked, identity",
                        "chunked, chunked",
                        "identity, chunked;q=0.5",
                        "\u000bchunked",
                        "\"chunked\"",
                        "cow")) {
            requests.put("coding " + coding, request("Transfer-Encoding: " + coding) + end + whole);
        }
        requests.put("two codings", request(chunked, "Transfer-Encoding: identity") + end + whole);
        requests.put(
                "chunked in HTTP/1.0",
                request(chunked).replace("HTTP/1.1", "HTTP/1.0") + end + whole);
        for (String size :
                List.of("0x5", "-5", "+5", "5 5", "g", "FFFFFFFFFFFFFFFFF", "", "5\u000b")) {
            requests.put(
                    "chunk size " + size, request(chunked) + size + "\r\nhello\r\n" + end + whole);
        }
        requests.put(
                "chunk longer than its size", request(chunked) + "3\r\nhello\r\n" + end + whole);
        requests.put("name with NUL", request("Content-Length\u0000: " + length) + whole);
        requests.put("value with NUL", request("Content-Length: " + length + "\u0000") + whole);
        requests.put("a bare CR", request("X: y\rContent-Length: " + length) + whole);
        requests.put("a line without a colon", request("Content-Length " + length) + whole);
        requests.put(
                "a first header that is folded",
                opening.substring(0, opening.indexOf("\r\n"))
                        + "\r\n Content-Length: "
                        + length
                        + "\r\nHost: x\r\n\r\n"
                        + whole);
        requests.put(
                "a blank in the path",
                request("X: y").replaceFirst(" HTTP/1.1", " /hidden HTTP/1.1") + whole);
        requests.put("no such version", request("X: y").replace("HTTP/1.1", "HTTP/1.9x") + whole);
        requests.put("a NUL in the path", "GET /health\u0000 HTTP/1.1\r\nHost: x\r\n\r\n" + whole);
        return requests;
    }
}
