package io.sandalphone.harness.fakes.audio;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.vertx.core.json.JsonObject;

import java.util.Optional;
import java.util.Set;

/// How one of the servers says no.
record AudioRefusals(AudioServer.Errors shape) {
    static final Set<Fault> FAULTS =
            Set.of(
                    Fault.UNAUTHORIZED,
                    Fault.FORBIDDEN,
                    Fault.NOT_FOUND,
                    Fault.RATE_LIMITED,
                    Fault.QUOTA_SPENT,
                    Fault.SERVER_ERROR);
    private static final int RETRY_AFTER = 2;

    HttpRefusal of(int status, String code, String message) {
        return new HttpRefusal(
                status,
                switch (shape) {
                    case OBJECT ->
                            new JsonObject()
                                    .put(
                                            "error",
                                            new JsonObject()
                                                    .put("message", message)
                                                    .put(
                                                            "type",
                                                            status < 500
                                                                    ? "invalid_request_error"
                                                                    : "server_error")
                                                    .putNull("param")
                                                    .put("code", code.isEmpty() ? null : code));
                    case TEXT -> new JsonObject().put("error", message);
                    case DETAIL -> new JsonObject().put("detail", message);
                });
    }

    HttpRefusal invalid(String message) {
        return of(400, "", message);
    }

    Optional<HttpRefusal> of(Fault fault, int count) {
        return switch (fault) {
            case UNAUTHORIZED -> Optional.of(of(401, "invalid_api_key", "Incorrect API key."));
            case FORBIDDEN -> Optional.of(of(403, "", "You may not use this model."));
            case NOT_FOUND -> Optional.of(of(404, "model_not_found", "No such model."));
            case RATE_LIMITED ->
                    Optional.of(
                            of(429, "rate_limit_exceeded", "Rate limit reached.")
                                    .retryAfter(RETRY_AFTER));
            case QUOTA_SPENT ->
                    Optional.of(of(429, "insufficient_quota", "You exceeded your quota."));
            case SERVER_ERROR ->
                    Optional.of(of(count % 2 == 0 ? 500 : 503, "", "Something failed."));
            default -> Optional.empty();
        };
    }
}
