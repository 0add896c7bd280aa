package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.stream.FormParameters;
import io.vertx.core.http.HttpServerRequest;

/// What tells one carrier's webhooks from anybody else's. Thread-safe.
public interface Sender {
    /// Whether a webhook with this body is the carrier's; one that is not is counted and logged.
    boolean isGenuine(HttpServerRequest request, byte[] body);

    /// Whether what a genuine webhook tells of is of the account that we serve.
    boolean isOurs(FormParameters parameters);

    /// Whether `text` may be the carrier's name of a call.
    boolean isCall(String text);
}
