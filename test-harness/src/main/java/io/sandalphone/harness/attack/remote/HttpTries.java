package io.sandalphone.harness.attack.remote;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.attack.AmbiguousRequests;
import io.sandalphone.harness.attack.RawHttp;
import io.sandalphone.harness.attack.Tries;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Operators' HTTP, asked as strangers and clumsy operators ask.
final class HttpTries {
    /// Half as many as the controller takes at once by default.
    static final int HELD = 50;

    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final int LOOKALIKES = 6;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final String token;
    private final Duration patience;
    private final RawHttp http;

    HttpTries(URI url, String token, Duration patience) {
        this.url = url;
        this.token = token;
        this.patience = patience;
        http = RawHttp.at(url.getHost(), Target.port(url), Target.isTls(url));
    }

    /// Operators are answered beside requests that never end, and these are not held for ever.
    void halfSent(Tries tries) throws IOException {
        List<String> halves =
                new ArrayList<>(
                        List.of(
                                "",
                                "GET /heal",
                                "GET /health HTTP/1.1\r\nHost: " + host() + "\r\n"));
        if (!token.isEmpty()) {
            halves.add(
                    "POST /calls HTTP/1.1\r\nHost: "
                            + host()
                            + "\r\n"
                            + bearer()
                            + "Content-Length: 100\r\n\r\n{");
        }
        try (var held = new HeldConnections(http, HELD, halves)) {
            RawHttp.Reply reply = http.exchange(request("GET", "/health", ""), SILENCE);
            tries.check(
                    "an operator, beside " + held.size() + " half-sent requests",
                    reply.statuses().equals(List.of(200)),
                    () -> "answered " + reply.statuses());
            long begin = System.nanoTime();
            int open = held.openAfter(patience);
            tries.check(
                    "the half-sent requests",
                    open == 0,
                    () -> open + " are still open after " + patience.toSeconds() + " s");
            tries.note("gone %d s later".formatted((System.nanoTime() - begin) / 1_000_000_000));
        }
    }

    /// No token is none, and none is read by whoever is on the way.
    void blank(Tries tries) throws IOException {
        tries.check(
                url.toString(),
                Target.isTls(url) || Target.isLoopback(url.getHost()),
                () -> "tokens go there in the clear: TLS, or loopback alone");
        for (String authorization : List.of("", "Authorization: Bearer \r\n")) {
            refused(authorization, tries);
        }
    }

    /// Everything is answered, nothing of the inside is shown, nobody is hung up by mistake.
    void malformed(Tries tries) throws IOException {
        for (String authorization :
                List.of(
                        "Authorization: Bearer no-token-of-anybody\r\n",
                        "Authorization: Basic eDp5\r\n")) {
            refused(authorization, tries);
        }
        List<Integer> get = http.exchange(request("GET", "/health", ""), SILENCE).statuses();
        List<Integer> head = http.exchange(request("HEAD", "/health", ""), SILENCE).statuses();
        tries.check("HEAD /health", head.equals(get), () -> "answered " + head + ", GET " + get);
        if (token.isEmpty()) {
            tries.note("without a token requests for calls are not tried");
            return;
        }
        String chunked = bearer() + "Transfer-Encoding: chunked\r\n";
        for (String chunk :
                List.of(
                        "zz\r\nhello\r\n0\r\n\r\n",
                        "-1\r\n\r\n",
                        ";;;\r\n\r\n",
                        "5\r\nhelloXX0\r\n\r\n",
                        "FFFFFFFFFFFFFFFF\r\nx\r\n")) {
            answered(tries, "chunk " + chunk, request("POST", "/calls", chunked) + chunk, 400);
        }
        for (String body : List.of("", "{", "[]", "null", "{\"from\": 1}", "[".repeat(5000))) {
            answered(
                    tries,
                    "a body of " + body.length() + " characters",
                    request(
                                    "POST",
                                    "/calls",
                                    bearer()
                                            + "Content-Type: application/json\r\nContent-Length: "
                                            + body.length()
                                            + "\r\n")
                            + body,
                    400,
                    413,
                    422);
        }
        if (!noCallLives()) {
            tries.note("calls live: requests to end calls are not tried");
            return;
        }
        for (String path :
                List.of("/calls/", "/calls//", "/calls/%20", "/calls/.", "/calls/%2e%2e")) {
            answered(tries, "DELETE " + path, request("DELETE", path, bearer()), 400, 404, 405);
        }
    }

    /// Requests that a proxy and the server read differently; none is one for a call. Without the token
    /// each would be refused for that, and be a line for fail2ban.
    void ambiguous(Tries tries) throws IOException {
        new AmbiguousRequests(
                        http,
                        "POST /calls HTTP/1.1\r\nHost: " + host() + "\r\n" + bearer(),
                        "GET /health HTTP/1.1\r\nHost: " + host() + "\r\n")
                .sendAll(new Random(HELD), LOOKALIKES, tries);
    }

    private void refused(String authorization, Tries tries) throws IOException {
        RawHttp.Reply reply = http.exchange(request("GET", "/sessions", authorization), SILENCE);
        tries.check(
                authorization.isEmpty() ? "no token" : authorization,
                reply.statuses().equals(List.of(401)),
                () -> "answered " + reply.statuses());
    }

    private void answered(Tries tries, String variant, String request, Integer... statuses)
            throws IOException {
        RawHttp.Reply reply = http.exchange(request, SILENCE);
        tries.check(
                variant,
                reply.statuses().size() == 1
                        && List.of(statuses).contains(reply.statuses().getFirst()),
                () -> "answered " + reply.statuses());
        tries.check(
                "what the answer to it shows of the inside",
                !reply.text().contains("Exception") && !reply.text().contains("\tat "),
                reply::text);
    }

    private boolean noCallLives() throws IOException {
        String text = http.exchange(request("GET", "/sessions", bearer()), SILENCE).text();
        int body = text.indexOf("\r\n\r\n");
        if (body < 0 || !text.startsWith("HTTP/1.1 200")) {
            throw new IOException("GET /sessions with the token: " + text.lines().findFirst());
        }
        var answer = JSON.readTree(text.substring(body + 4));
        return (answer.isArray() ? answer : answer.path("sessions")).isEmpty();
    }

    private String bearer() {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private String host() {
        return url.getRawAuthority();
    }

    private String request(String method, String path, String headers) {
        return "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
                .formatted(method, path, host(), headers);
    }
}
