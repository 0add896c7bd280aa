package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What may be said of a failure.
final class Failures {
    private Failures() {}

    /// Neither `failure` nor anything behind it repeats `text`.
    static void assertSilentAbout(String text, Throwable failure) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        assertFalse(trace.toString().contains(text), trace::toString);
    }
}
