package io.sandalphone.harness.calls;

import org.jspecify.annotations.Nullable;

/// What came of one fault at one moment: a verdict, or why there is none.
record Outcome(String verdict, @Nullable AssertionError failure) {
    static Outcome of(StruckCall call) {
        try {
            return new Outcome(call.verdict(), null);
        } catch (AssertionError e) {
            return failed(e);
        }
    }

    static Outcome failed(AssertionError failure) {
        return new Outcome("FAILED", failure);
    }

    boolean hasFailed() {
        return failure != null;
    }

    void check() {
        if (failure != null) {
            throw failure;
        }
    }
}
