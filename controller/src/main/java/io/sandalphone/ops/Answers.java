package io.sandalphone.ops;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

import java.util.List;

/// Sends answers. All of them are JSON, end in a line break and are not to be cached.
final class Answers {
    private Answers() {}

    /// Answers `status` with the sentence `error`.
    static void fail(RoutingContext context, int status, String error) {
        send(context, status, Views.error(error, List.of()));
    }

    /// Answers, unless somebody did already, such as the time-out. When not all of the request was
    /// read, the connection is closed: what comes next on it could be anything.
    static void send(RoutingContext context, int status, JsonObject body) {
        HttpServerRequest request = context.request();
        if (request.response().ended()) {
            return;
        }
        if (!request.isEnded() && Framing.announcesBody(request)) {
            sendLast(request, status, body);
        } else {
            send(request, status, body);
        }
    }

    /// Answers and closes the connection.
    static void sendLast(HttpServerRequest request, int status, JsonObject body) {
        request.response().putHeader("Connection", "close");
        send(request, status, body);
        // At once, so that nothing which came with the request is taken for another one.
        var _ = request.connection().close();
    }

    private static void send(HttpServerRequest request, int status, JsonObject body) {
        Buffer text = Buffer.buffer(body.encode() + "\n");
        var _ =
                request.response()
                        .setStatusCode(status)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-store")
                        // Said to HEAD too, which gets nothing else.
                        .putHeader("Content-Length", Integer.toString(text.length()))
                        .end(text);
    }
}
