package io.sandalphone.harness.smoke;

import com.twilio.security.RequestValidator;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.sandalphone.harness.fakes.FakeTls;
import io.sandalphone.harness.loop.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a gateway looks like from outside, and what breaks deployments.
final class TestDeployment implements AutoCloseable {
    static final String TOKEN = "operators-token";
    static final String TWILIO_TOKEN = "twilio-token";

    private final EventLoop loop;
    private final HttpServer server;
    private final boolean tls;
    private final Habits habits;

    /// @param publicHost the host that signatures are checked with; empty for the real one
    /// @param losesUpgrade whether a proxy before it takes the header away
    /// @param checks whether signatures and tokens are asked for at all
    /// @param carriers whether anything but `/health` is offered
    /// @param page what stands at `/phone`
    record Habits(
            String publicHost,
            boolean losesUpgrade,
            boolean checks,
            boolean carriers,
            String page) {
        static final Habits GOOD = new Habits("", false, true, true);

        Habits(String publicHost, boolean losesUpgrade, boolean checks, boolean carriers) {
            this(publicHost, losesUpgrade, checks, carriers, "<title>Sandalphone</title>");
        }
    }

    private TestDeployment(EventLoop loop, HttpServer server, boolean tls, Habits habits) {
        this.loop = loop;
        this.server = server;
        this.tls = tls;
        this.habits = habits;
    }

    static TestDeployment start(Vertx vertx, Optional<FakeTls> tls, Habits habits) {
        var options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
        tls.ifPresent(with -> options.setSsl(true).setKeyCertOptions(with.certificate()));
        HttpServer server = vertx.createHttpServer(options);
        var loop = new EventLoop(vertx.getOrCreateContext());
        var deployment = new TestDeployment(loop, server, tls.isPresent(), habits);
        server.requestHandler(deployment::received);
        EventLoop.join(loop.call(server::listen).toCompletionStage().toCompletableFuture());
        return deployment;
    }

    URI base() {
        return URI.create((tls ? "https" : "http") + "://localhost:" + server.actualPort());
    }

    private void received(HttpServerRequest request) {
        String path = request.path();
        if (path.equals("/health")) {
            answer(request, 200, "{\"status\":\"up\"}");
        } else if (!habits.carriers()) {
            answer(request, 404, "{}");
        } else if (path.equals("/twilio/stream")) {
            socket(request);
        } else if (path.equals("/twilio/voice")) {
            request.body().onSuccess(body -> voice(request, body.toString()));
        } else if (path.equals("/telnyx/voice")) {
            // Whoever tries it has no key that is believed.
            answer(request, habits.checks() ? 403 : 400, "");
        } else if (path.startsWith("/media-stream/")) {
            strangersStream(request);
        } else if (path.equals("/phone")) {
            answer(request, 200, habits.page());
        } else if (path.equals("/tickets")) {
            answer(request, tickets(request), "{}");
        } else if (path.equals("/client")) {
            client(request);
        } else if (path.startsWith("/asterisk/")) {
            answer(request, asterisk(request), "{}");
        } else if (path.equals("/sessions") && !habits.checks()) {
            answer(request, 200, "[]");
        } else {
            answer(request, 404, "{}");
        }
    }

    private void strangersStream(HttpServerRequest request) {
        if (isNoHandshake(request)) {
            answer(request, 426, "");
        } else if (habits.checks()) {
            answer(request, 403, "");
        } else {
            request.toWebSocket();
        }
    }

    private int tickets(HttpServerRequest request) {
        if (!habits.checks()) {
            return 201;
        }
        return known(request) ? 400 : 401;
    }

    private void client(HttpServerRequest request) {
        if (isNoHandshake(request)) {
            answer(request, 426, "");
        } else if (habits.checks() && request.getHeader("Origin") != null) {
            answer(request, 403, "");
        } else {
            request.toWebSocket()
                    .onSuccess(
                            socket -> {
                                if (habits.checks()) {
                                    socket.textMessageHandler(_ -> socket.close((short) 1008));
                                }
                            });
        }
    }

    private boolean isNoHandshake(HttpServerRequest request) {
        return habits.losesUpgrade() || request.getHeader("Upgrade") == null;
    }

    private int asterisk(HttpServerRequest request) {
        if (!habits.checks()) {
            return 201;
        }
        int refusal = request.path().endsWith("/inbound") ? 400 : 404;
        return known(request) ? refusal : 401;
    }

    private static boolean known(HttpServerRequest request) {
        return ("Bearer " + TOKEN).equals(request.getHeader("Authorization"));
    }

    private void voice(HttpServerRequest request, String body) {
        Map<String, String> form = new HashMap<>();
        new QueryStringDecoder(body, false)
                .parameters()
                .forEach((name, values) -> form.put(name, values.getFirst()));
        String url = (tls ? "https" : "http") + "://" + host() + "/twilio/voice";
        boolean genuine = genuine(url, form, request.getHeader("X-Twilio-Signature"));
        answer(request, genuine ? 400 : 403, "");
    }

    private boolean genuine(String url, Map<String, String> form, @Nullable String signature) {
        return !habits.checks()
                || (signature != null
                        && new RequestValidator(TWILIO_TOKEN).validate(url, form, signature));
    }

    private void socket(HttpServerRequest request) {
        if (isNoHandshake(request)) {
            answer(request, 426, "");
            return;
        }
        String signature = request.getHeader("x-twilio-signature");
        if (!genuine(
                (tls ? "wss" : "ws") + "://" + host() + "/twilio/stream", Map.of(), signature)) {
            answer(request, 403, "");
            return;
        }
        request.toWebSocket()
                .onSuccess(
                        socket -> {
                            if (habits.checks()) {
                                socket.textMessageHandler(_ -> socket.close((short) 1008));
                            }
                        });
    }

    private String host() {
        return habits.publicHost().isEmpty()
                ? "localhost:" + server.actualPort()
                : habits.publicHost();
    }

    private static void answer(HttpServerRequest request, int status, String body) {
        request.response().setStatusCode(status).end(body);
    }

    @Override
    public void close() {
        EventLoop.join(loop.call(server::close).toCompletionStage().toCompletableFuture());
    }
}
