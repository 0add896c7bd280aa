package io.sandalphone.harness.attack.remote;

import io.sandalphone.harness.attack.RawHttp;
import io.sandalphone.harness.attack.Tries;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/// ARI, which is for the controller of the same host alone.
final class AriTries {
    /// Few beside the thousand for which Asterisk has room.
    static final int HELD = 20;

    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final InetSocketAddress address;
    private final Duration patience;
    private final RawHttp http;

    AriTries(InetSocketAddress address, Duration patience) {
        this.address = address;
        this.patience = patience;
        http = RawHttp.at(address.getHostString(), address.getPort(), false);
    }

    /// From elsewhere there is no way in.
    void reached(Tries tries) {
        boolean reached = isReached();
        tries.check(
                "a connection to port " + address.getPort(),
                isLocal() == reached,
                () -> reached ? "it answers other hosts" : "nobody listens there");
    }

    /// What is idle goes away.
    void idle(Tries tries) throws IOException {
        if (skipped(tries)) {
            return;
        }
        try (var held = new HeldConnections(http, HELD, List.of("", "GET /ari/"))) {
            RawHttp.Reply reply = http.exchange(request(""), SILENCE);
            tries.check(
                    "a request, beside " + held.size() + " idle connections",
                    reply.statuses().equals(List.of(401)),
                    () -> "answered " + reply.statuses());
            int open = held.openAfter(patience);
            tries.check(
                    "the idle connections",
                    open == 0,
                    () -> open + " are still open after " + patience.toSeconds() + " s");
        }
    }

    /// Passwords that are no password.
    void refused(Tries tries) throws IOException {
        if (skipped(tries)) {
            return;
        }
        for (String login : List.of("sandalphone:wrong", "admin:admin", "sandalphone:")) {
            String basic =
                    Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            RawHttp.Reply reply =
                    http.exchange(request("Authorization: Basic " + basic + "\r\n"), SILENCE);
            tries.check(
                    "ARI as " + login,
                    reply.statuses().equals(List.of(401)) || reply.statuses().equals(List.of(403)),
                    () -> "answered " + reply.statuses());
        }
    }

    /// Who is not let in has tried it already.
    private boolean skipped(Tries tries) {
        if (isLocal() || isReached()) {
            return false;
        }
        tries.withstood();
        tries.note("ARI lets nobody in from here");
        return true;
    }

    private boolean isLocal() {
        return address.getAddress().isLoopbackAddress();
    }

    private boolean isReached() {
        try (var _ = http.connect()) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static String request(String headers) {
        return "GET /ari/channels HTTP/1.1\r\nHost: ari\r\nConnection: close\r\n"
                + headers
                + "\r\n";
    }
}
