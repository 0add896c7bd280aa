package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Pair;
import io.sandalphone.harness.attack.Phones;
import io.sandalphone.harness.attack.RawHttp;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The operators' interface asked clumsily: nobody is hung up by mistake, everything is answered,
/// nothing of the program's inside is shown, and who guesses at tokens leaves a line with an address.
final class HttpSurface implements AttackCase {
    private static final Duration SILENCE = Duration.ofSeconds(3);

    @Override
    public int number() {
        return 30;
    }

    @Override
    public String tried() {
        return "DELETE without an id, broken chunks, HEAD, wrong tokens, wrong log-ins at ARI";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        ControllerProcess controller = lab.controller();
        int logged = controller.log().length();
        var http = new RawHttp(lab.host().vps(), ControllerSettings.PORT);
        try (Phones phones = lab.phones();
                Pair pair = phones.join(controller, AttackLab.ONE_WAY)) {
            for (String path :
                    List.of(
                            "/calls/",
                            "/calls//",
                            "/calls/%20",
                            "/calls/.",
                            "/calls/..",
                            "/calls/%2e",
                            "/calls/%2e%2e",
                            "/calls/%2F",
                            "/calls/%00",
                            "/calls/*",
                            "/calls/all",
                            "/calls/-",
                            "/calls/?id=",
                            "/calls/%",
                            "/calls/..%2f",
                            "/calls//" + pair.id() + "/x",
                            "//calls//",
                            "/calls/;",
                            "/calls/%0a")) {
                RawHttp.Reply reply = http.exchange(request("DELETE", path, "", ""), SILENCE);
                tries.check(
                        "DELETE " + path,
                        answered(reply, 400, 404, 405) && stillUp(controller, pair),
                        () ->
                                "answered "
                                        + reply.statuses()
                                        + ", calls left "
                                        + controller.sessions().size());
            }
            broken(lab.random(this), lab.effort().of(20, 200), http, tries);
            tries.check("afterwards", pair.isUp(), () -> "the call has ended");
        }
        head(http, controller, tries);
        refusals(lab, http, controller, tries);
        String log = controller.log().substring(logged);
        tries.check(
                "the log",
                !log.contains("Exception") && !log.contains("\tat "),
                () -> "a stack trace: " + firstTrace(log));
    }

    private static boolean stillUp(ControllerProcess controller, Pair pair) {
        return controller.sessions().size() == 1 && pair.isUp();
    }

    private static boolean answered(RawHttp.Reply reply, Integer... statuses) {
        return reply.statuses().size() == 1
                && List.of(statuses).contains(reply.statuses().getFirst());
    }

    private static String request(String method, String path, String headers, String body) {
        return method
                + " "
                + path
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Authorization: Bearer "
                + ControllerSettings.TOKEN
                + "\r\n"
                + headers
                + "\r\n"
                + body;
    }

    /// Bodies that break off, or that no length fits.
    private static void broken(Random random, int count, RawHttp http, Tries tries)
            throws IOException {
        List<String> chunks =
                new ArrayList<>(
                        List.of(
                                "zz\r\nhello\r\n0\r\n\r\n",
                                "5\r\nhelloXX0\r\n\r\n",
                                "-1\r\n\r\n",
                                "\r\n\r\n",
                                ";;;\r\n\r\n",
                                "5\nhello\n0\n\n",
                                "FFFFFFFFFFFFFFFF\r\nx\r\n"));
        while (chunks.size() < count) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 1 + random.nextInt(20); i++) {
                text.append((char) random.nextInt(256));
            }
            // Something that cannot be a size, whatever comes after it.
            chunks.add("!" + text + "\r\n\r\n");
        }
        for (String chunk : chunks) {
            RawHttp.Reply reply =
                    http.exchange(
                            request("POST", "/calls", "Transfer-Encoding: chunked\r\n", chunk),
                            SILENCE);
            tries.check(
                    "chunk " + chunk,
                    answered(reply, 400),
                    () -> "answered " + reply.statuses() + (reply.closed() ? "" : ", left open"));
            tries.check(
                    "what the answer shows of the inside",
                    !reply.text().contains("Exception") && !reply.text().contains("io.netty"),
                    reply::text);
        }
        for (String body :
                List.of(
                        "",
                        "{",
                        "[]",
                        "null",
                        "\"x\"",
                        "{\"from\": 1}",
                        "{\"from\": {}}",
                        "{\"from\":\"+1\",\"from\":\"+2\"}",
                        "\u0000",
                        "[".repeat(5000))) {
            RawHttp.Reply reply =
                    http.exchange(
                            request(
                                    "POST",
                                    "/calls",
                                    "Content-Type: application/json\r\nContent-Length: "
                                            + body.length()
                                            + "\r\n",
                                    body),
                            SILENCE);
            tries.check(
                    "a body of " + body.length() + " characters",
                    answered(reply, 400, 413, 422),
                    () -> "answered " + reply.statuses());
        }
    }

    private static void head(RawHttp http, ControllerProcess controller, Tries tries)
            throws IOException {
        for (String path : List.of("/health", "/health?x=y")) {
            RawHttp.Reply reply =
                    http.exchange(
                            "HEAD " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                            SILENCE);
            tries.check(
                    "HEAD " + path,
                    answered(reply, controller.get("/health").status()),
                    () -> "answered " + reply.statuses());
        }
    }

    /// Each refusal leaves a line with the address it came from.
    private static void refusals(
            AttackLab lab, RawHttp http, ControllerProcess controller, Tries tries)
            throws IOException {
        for (String authorization :
                List.of(
                        "Bearer wrong-wrong-wrong-wrong",
                        "Bearer ",
                        "Basic eDp5",
                        "",
                        "Bearer " + ControllerSettings.TOKEN + "x")) {
            String before = controller.log();
            RawHttp.Reply reply =
                    http.exchange(
                            "GET /sessions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                    + (authorization.isEmpty()
                                            ? ""
                                            : "Authorization: " + authorization + "\r\n")
                                    + "\r\n",
                            SILENCE);
            tries.check(
                    "token \"" + authorization + "\"",
                    answered(reply, 401),
                    () -> "answered " + reply.statuses());
            awaitLine(
                    tries,
                    "a line for token \"" + authorization + "\"",
                    () -> controller.log().substring(before.length()));
            tries.check(
                    "what was shown as token, in the log",
                    authorization.length() < 12
                            || !controller.log().contains(authorization.substring(7)),
                    () -> "it stands there");
        }
        var ari = new RawHttp(lab.host().vps(), 8088);
        AsteriskHost host = lab.host();
        // Asterisk does not log it. The firewall that belongs to it does, in the kernel's log.
        host.loadFirewall();
        for (String login : List.of("sandalphone:wrong", "admin:admin", "sandalphone:")) {
            long before = host.refusedLogIns();
            String basic =
                    java.util.Base64.getEncoder()
                            .encodeToString(
                                    login.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            RawHttp.Reply reply =
                    ari.exchange(
                            "GET /ari/channels HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                    + "Authorization: Basic "
                                    + basic
                                    + "\r\n\r\n",
                            SILENCE);
            tries.check("ARI as " + login, answered(reply, 401, 403), () -> "" + reply.statuses());
            long lines = host.refusedLogIns() - before;
            tries.check("a line for ARI as " + login, lines == 1, () -> lines + " lines");
        }
        host.unloadFirewall();
    }

    private static void awaitLine(
            Tries tries, String variant, java.util.function.Supplier<String> added) {
        tries.attempt(
                variant,
                () ->
                        Poll.until(
                                Duration.ofSeconds(5),
                                () -> added.get().lines().anyMatch(l -> l.contains("127.0.0.1")),
                                () -> "no line with the address: " + added.get()));
    }

    private static String firstTrace(String log) {
        return log.lines()
                .filter(line -> line.contains("Exception") || line.startsWith("\tat "))
                .findFirst()
                .orElse("");
    }
}
