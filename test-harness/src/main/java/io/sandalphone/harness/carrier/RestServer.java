package io.sandalphone.harness.carrier;

import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.fakes.Wire;
import io.sandalphone.harness.loop.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

import java.net.URI;

/// The HTTP server of a carrier's REST API, on loopback, on the carrier's loop, with the faults that
/// such an API has.
public final class RestServer implements AutoCloseable {
    private final EventLoop loop;
    private final HttpServer server;

    /// A carrier's API.
    public interface Api {
        /// Does what is asked. Called on the carrier's loop.
        Reply answer(HttpServerRequest request, String body);

        /// What is said to one who asks too often.
        Reply rateLimited();
    }

    /// An answer: a status and JSON.
    public record Reply(int status, JsonObject json) {}

    private RestServer(EventLoop loop, HttpServer server) {
        this.loop = loop;
        this.server = server;
    }

    /// Listens on `port`, 0 for any that is free. Returns when it listens; not to be called on the loop.
    static RestServer listen(
            Vertx vertx, EventLoop loop, int port, Api api, CarrierFaults faults, Journal journal) {
        var options = new HttpServerOptions().setHost("127.0.0.1").setPort(port);
        var listening =
                loop.call(
                        () ->
                                vertx.createHttpServer(options)
                                        .requestHandler(
                                                request -> received(request, api, faults, journal))
                                        .listen());
        return new RestServer(
                loop, EventLoop.join(listening.toCompletionStage().toCompletableFuture()));
    }

    private static void received(
            HttpServerRequest request, Api api, CarrierFaults faults, Journal journal) {
        request.body().onSuccess(body -> answer(request, body.toString(), api, faults, journal));
    }

    private static void answer(
            HttpServerRequest request,
            String body,
            Api api,
            CarrierFaults faults,
            Journal journal) {
        boolean changes = request.method().equals(HttpMethod.POST);
        Reply reply;
        boolean cut = false;
        if (changes && faults.strikes(CarrierFault.RATE_LIMITED)) {
            reply = api.rateLimited();
        } else if (changes && faults.strikes(CarrierFault.FAILS_BEFORE)) {
            reply = new Reply(503, new JsonObject().put("status", 503));
        } else {
            reply = api.answer(request, body);
            if (changes && faults.strikes(CarrierFault.FAILS_AFTER)) {
                reply = new Reply(503, new JsonObject().put("status", 503));
            }
            cut = changes && faults.strikes(CarrierFault.BREAKS_OFF_AFTER);
        }
        journal.note(
                "",
                What.REST,
                0,
                "%s %s %s"
                        .formatted(
                                request.method(),
                                request.path(),
                                cut ? "broken off" : Integer.toString(reply.status())));
        if (cut) {
            Wire.cut(request.connection());
        } else {
            request.response()
                    .setStatusCode(reply.status())
                    .putHeader("Content-Type", "application/json")
                    .end(reply.json().encode());
        }
    }

    /// Where it listens.
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @Override
    public void close() {
        EventLoop.join(loop.call(server::close).toCompletionStage().toCompletableFuture());
    }
}
