package io.sandalphone.harness.fakes.http;

import io.vertx.core.json.JsonObject;

import java.io.Serial;
import java.util.OptionalInt;

/// A service's way to say no.
public final class HttpRefusal extends Exception {
    @Serial private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final int retryAfter;

    private HttpRefusal(int status, String type, String body, int retryAfter) {
        super(body);
        this.status = status;
        this.type = type;
        this.retryAfter = retryAfter;
    }

    /// One that is told in JSON.
    public HttpRefusal(int status, JsonObject body) {
        this(status, "application/json", body.encode(), 0);
    }

    /// One that is told in words, as servers do that expect people.
    public static HttpRefusal plain(int status, String body) {
        return new HttpRefusal(status, "text/html; charset=utf-8", body, 0);
    }

    /// The same, with how many seconds to wait.
    public HttpRefusal retryAfter(int seconds) {
        return new HttpRefusal(status, type, body(), seconds);
    }

    public int status() {
        return status;
    }

    String type() {
        return type;
    }

    public String body() {
        return String.valueOf(getMessage());
    }

    OptionalInt retryAfter() {
        return retryAfter == 0 ? OptionalInt.empty() : OptionalInt.of(retryAfter);
    }
}
