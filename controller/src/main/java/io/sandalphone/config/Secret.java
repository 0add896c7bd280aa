package io.sandalphone.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A password or token. Printed it is `***`; only [#reveal()] gives it away.
public record Secret(String reveal) {
    /// What is shown in a secret's place.
    public static final String MASK = "***";

    /// Whether `guess` is this secret, in a time that tells nothing about how much of it is right.
    public boolean matches(String guess) {
        return MessageDigest.isEqual(
                reveal.getBytes(StandardCharsets.UTF_8), guess.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return MASK;
    }
}
