package io.sandalphone.harness.demo;

/// Makes one call from the first ring to the last clean-up.
public interface DemoCall extends AutoCloseable {
    /// Makes the call and returns what it left to be measured.
    CallOutcome make() throws Exception;

    /// Ends and removes everything that was started. Safe to call twice, and from another thread.
    @Override
    void close();
}
