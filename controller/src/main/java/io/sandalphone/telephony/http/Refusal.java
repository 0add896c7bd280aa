package io.sandalphone.telephony.http;

import java.io.Serial;

/// A request that is not answered as it would like: with this status, and a sentence for a person.
final class Refusal extends Exception {
    @Serial private static final long serialVersionUID = 1;

    private final int status;

    Refusal(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
