package io.sandalphone.harness.smoke;

/// What one try showed.
///
/// @param tried what was asked: `POST /twilio/voice, genuine signature`
/// @param detail what came back, and when it is wrong, what to change
record Finding(String tried, Outcome outcome, String detail) {
    enum Outcome {
        GOOD("ok"),
        WRONG("WRONG"),
        /// It could not be tried from here, or is not set up there.
        UNTRIED("untried");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }
    }

    static Finding good(String tried, String detail) {
        return new Finding(tried, Outcome.GOOD, detail);
    }

    static Finding wrong(String tried, String detail) {
        return new Finding(tried, Outcome.WRONG, detail);
    }

    static Finding untried(String tried, String detail) {
        return new Finding(tried, Outcome.UNTRIED, detail);
    }

    /// One line.
    String line() {
        return "%-8s %-44s %s".formatted(outcome.word, tried, detail);
    }
}
