package io.sandalphone.harness.fakes.assemblyai;

import java.io.Serial;

/// Something the service does not accept, with the code of its close.
final class Refusal extends Exception {
    static final int POLICY = 1008;
    static final int SERVER_ERROR = 3005;
    static final int INVALID_MESSAGE = 3006;
    static final int BAD_AUDIO = 3007;
    static final int EXPIRED = 3008;
    static final int TOO_MANY_SESSIONS = 3009;

    @Serial private static final long serialVersionUID = 1;

    private final int code;

    Refusal(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static Refusal invalid(String message) {
        return new Refusal(INVALID_MESSAGE, message);
    }

    int code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
