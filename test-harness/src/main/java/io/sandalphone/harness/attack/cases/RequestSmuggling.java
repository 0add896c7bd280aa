package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.RawHttp;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerSettings;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Requests whose end a proxy in front would see elsewhere (RFC 9112, sections 2 to 7): a second
/// request hides in what the proxy takes for the first one's body, or the other way round.
final class RequestSmuggling implements AttackCase {
    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: x\r\nX: y\r\n\r\n";
    private static final String LENGTH = Integer.toString(HIDDEN.length());

    @Override
    public int number() {
        return 33;
    }

    @Override
    public String tried() {
        return "requests whose end can be read in two ways, byte by byte";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        var http = new RawHttp(lab.host().vps(), ControllerSettings.PORT);
        lab.controller();
        for (String name : lookalikes(lab.random(this), lab.effort().of(12, 80))) {
            // No length: what follows is a request of its own, as a proxy sees it too.
            RawHttp.Reply reply = http.exchange(request(name + ": " + LENGTH) + HIDDEN, SILENCE);
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

    private static String request(String... headers) {
        return "POST /calls HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + ControllerSettings.TOKEN
                + "\r\n"
                + String.join("\r\n", headers)
                + "\r\n\r\n";
    }

    /// `Content-Length` with one or two characters changed, never itself.
    private static List<String> lookalikes(Random random, int count) {
        List<String> names = new java.util.ArrayList<>(List.of("Content-Xength", "Content_Length"));
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

    private static Map<String, String> ambiguous() throws IOException {
        String chunked = "Transfer-Encoding: chunked";
        String end = "0\r\n\r\n";
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("length and chunked", request("Content-Length: 5", chunked) + end + HIDDEN);
        requests.put(
                "chunked and length", request(chunked, "Content-Length: " + LENGTH) + end + HIDDEN);
        requests.put(
                "two lengths", request("Content-Length: 0", "Content-Length: " + LENGTH) + HIDDEN);
        requests.put("a list of lengths", request("Content-Length: 0, " + LENGTH) + HIDDEN);
        for (String length :
                List.of(
                        "+" + LENGTH,
                        "-1",
                        "0x" + LENGTH,
                        LENGTH + "abc",
                        "1 2",
                        "\"" + LENGTH + "\"",
                        "99999999999999999999",
                        "1e1",
                        "\u00b2",
                        "")) {
            requests.put("length " + length, request("Content-Length: " + length) + HIDDEN);
        }
        requests.put(
                "length, blank before the colon", request("Content-Length : " + LENGTH) + HIDDEN);
        requests.put(
                "chunked, blank before the colon",
                request("Transfer-Encoding : chunked") + end + HIDDEN);
        requests.put("chunked, folded", request("Transfer-Encoding:\r\n chunked") + end + HIDDEN);
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
            requests.put(
                    "coding " + coding, request("Transfer-Encoding: " + coding) + end + HIDDEN);
        }
        requests.put("two codings", request(chunked, "Transfer-Encoding: identity") + end + HIDDEN);
        requests.put(
                "chunked in HTTP/1.0",
                request(chunked).replace("HTTP/1.1", "HTTP/1.0") + end + HIDDEN);
        for (String size :
                List.of("0x5", "-5", "+5", "5 5", "g", "FFFFFFFFFFFFFFFFF", "", "5\u000b")) {
            requests.put(
                    "chunk size " + size, request(chunked) + size + "\r\nhello\r\n" + end + HIDDEN);
        }
        requests.put(
                "chunk longer than its size", request(chunked) + "3\r\nhello\r\n" + end + HIDDEN);
        requests.put("name with NUL", request("Content-Length\u0000: " + LENGTH) + HIDDEN);
        requests.put("value with NUL", request("Content-Length: " + LENGTH + "\u0000") + HIDDEN);
        requests.put("a bare CR", request("X: y\rContent-Length: " + LENGTH) + HIDDEN);
        requests.put("a line without a colon", request("Content-Length " + LENGTH) + HIDDEN);
        requests.put(
                "a first header that is folded",
                "POST /calls HTTP/1.1\r\n Content-Length: "
                        + LENGTH
                        + "\r\nHost: x\r\n\r\n"
                        + HIDDEN);
        requests.put(
                "a blank in the path",
                request("X: y").replace("/calls ", "/calls /hidden ") + HIDDEN);
        requests.put("no such version", request("X: y").replace("HTTP/1.1", "HTTP/1.9x") + HIDDEN);
        requests.put("a NUL in the path", "GET /health\u0000 HTTP/1.1\r\nHost: x\r\n\r\n" + HIDDEN);
        return requests;
    }
}
