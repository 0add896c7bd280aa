package io.sandalphone.config;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;

/// A password or token. Printed it is `***`; only [#reveal()] gives it away.
public record Secret(String reveal) {
    /// What is shown in a secret's place.
    public static final String MASK = "***";

    private static final String BEARER = "bearer ";

    /// Whether `guess` is this secret, in a time that tells nothing about how much of it is right.
    public boolean matches(String guess) {
        return MessageDigest.isEqual(
                reveal.getBytes(StandardCharsets.UTF_8), guess.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether `authorization`, the value of such a header or null without one, bears this secret
    /// (RFC 6750, section 2.1). The scheme may be written in letters of either case.
    public boolean isBorneBy(@Nullable String authorization) {
        return authorization != null
                && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                && matches(authorization.substring(BEARER.length()).strip());
    }

    @Override
    public String toString() {
        return MASK;
    }
}
