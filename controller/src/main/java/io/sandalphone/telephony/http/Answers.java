package io.sandalphone.telephony.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/// Sends answers; what is said in them is JSON.
final class Answers {
    private Answers() {}

    /// Answers `status` with the sentence `error`.
    static void refuse(RoutingContext context, int status, String error) {
        send(context, status, new JsonObject().put("error", error));
    }

    static void send(RoutingContext context, int status, JsonObject body) {
        var _ =
                context.response()
                        .setStatusCode(status)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-store")
                        .end(body.encode() + "\n");
    }

    /// Answers `status` and nothing else.
    static void send(RoutingContext context, int status) {
        var _ = context.response().setStatusCode(status).end();
    }
}
