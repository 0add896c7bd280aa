package io.sandalphone.harness.ari;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

/// What is answered to a request: a JSON object or array, or nothing.
record Reply(int status, @Nullable Object json) {
    static final Reply DONE = new Reply(204, null);

    static Reply of(Object json) {
        return new Reply(200, json);
    }

    static Reply error(int status, String message) {
        return new Reply(status, new JsonObject().put("message", message));
    }
}
