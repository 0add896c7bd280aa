package io.sandalphone.harness.fakes.polly;

/// A request that Polly does not carry out.
final class Refusal extends Exception {
    @java.io.Serial private static final long serialVersionUID = 1;

    private final int status;
    private final String type;

    /// @param type Polly's name for the error, as in the header `x-amzn-ErrorType`
    Refusal(int status, String type, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
    }

    static Refusal invalid(String message) {
        return new Refusal(400, "ValidationException", message);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
