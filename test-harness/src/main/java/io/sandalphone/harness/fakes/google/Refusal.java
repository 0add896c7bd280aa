package io.sandalphone.harness.fakes.google;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.io.Serial;

/// Google's way to say no.
final class Refusal extends Exception {
    @Serial private static final long serialVersionUID = 1;

    private final int http;
    private final String reason;
    private final String status;

    /// @param reason its name in `errors[]`
    /// @param status its name among the codes of Google's newer interfaces
    Refusal(int http, String reason, String status, String message) {
        super(message);
        this.http = http;
        this.reason = reason;
        this.status = status;
    }

    static Refusal invalid(String message) {
        return new Refusal(400, "invalid", "INVALID_ARGUMENT", message);
    }

    static Refusal notFound(String message) {
        return new Refusal(404, "notFound", "NOT_FOUND", message);
    }

    static Refusal forbidden(String message) {
        return new Refusal(403, "forbidden", "PERMISSION_DENIED", message);
    }

    static Refusal unauthenticated() {
        return new Refusal(
                401,
                "authError",
                "UNAUTHENTICATED",
                "Request had invalid authentication credentials.");
    }

    int http() {
        return http;
    }

    String reason() {
        return reason;
    }

    JsonObject body() {
        var error =
                new JsonObject()
                        .put("code", http)
                        .put("message", getMessage())
                        .put("status", status)
                        .put(
                                "errors",
                                new JsonArray()
                                        .add(
                                                new JsonObject()
                                                        .put("message", getMessage())
                                                        .put("domain", "global")
                                                        .put("reason", reason)));
        if (reason.equals("API_KEY_INVALID")) {
            error.put(
                    "details",
                    new JsonArray()
                            .add(
                                    new JsonObject()
                                            .put(
                                                    "@type",
                                                    "type.googleapis.com/google.rpc.ErrorInfo")
                                            .put("reason", reason)));
        }
        return new JsonObject().put("error", error);
    }
}
