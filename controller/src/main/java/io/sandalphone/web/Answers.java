package io.sandalphone.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/// Sends answers. What is said in them is JSON, ends in a line break and is not to be cached; an error is
/// `{"error": a sentence, "details": a list}`.
public final class Answers {
    private Answers() {}

    /// Answers `status` with the sentence `error`.
    public static void fail(RoutingContext context, int status, String error) {
        send(context, status, error(error, new JsonArray()));
    }

    /// What is said of an error.
    public static JsonObject error(String error, JsonArray details) {
        return new JsonObject().put("error", error).put("details", details);
    }

    /// Answers, unless somebody did already, such as the time-out. When not all of the request was
    /// read, the connection is closed: what comes next on it could be anything.
    public static void send(RoutingContext context, int status, JsonObject body) {
        HttpServerRequest request = context.request();
        if (request.response().ended()) {
            return;
        }
        if (!request.isEnded() && RequestBody.isAnnounced(request)) {
            sendLast(request, status, body);
        } else {
            send(request, status, body);
        }
    }

    /// Answers `status` and nothing else.
    public static void send(RoutingContext context, int status) {
        if (!context.response().ended()) {
            var _ = context.response().setStatusCode(status).end();
        }
    }

    /// Answers and closes the connection.
    public static void sendLast(HttpServerRequest request, int status, JsonObject body) {
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
