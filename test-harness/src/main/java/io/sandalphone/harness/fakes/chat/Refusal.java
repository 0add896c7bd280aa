package io.sandalphone.harness.fakes.chat;

import java.io.Serial;

/// A server's way to say no.
final class Refusal extends Exception {
    @Serial private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final String code;

    /// @param type the kind of the error, where the protocol tells it
    /// @param code its name, where the protocol tells it and it has one; else empty
    Refusal(int status, String type, String code, String message) {
        super(message);
        this.status = status;
        this.type = type;
        this.code = code;
    }

    static Refusal invalid(String message) {
        return new Refusal(400, "invalid_request_error", "", message);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    String code() {
        return code;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
