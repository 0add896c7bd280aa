package io.sandalphone.config;

/// One mistake in what was configured: the path of the key, what stands there (a secret as `***`),
/// and what should.
public record Problem(String key, String found, String expected) {
    /// As a person reads it.
    @Override
    public String toString() {
        return key + ": found " + found + ", expected " + expected;
    }
}
