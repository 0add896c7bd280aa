package io.sandalphone.routing;

import io.sandalphone.speech.Language;

import java.time.Duration;

/// What tests of routes and calls need and do not care about.
public final class RoutingSamples {
    /// English to Spanish, interpreted one way.
    public static final CallTerms TERMS =
            new CallTerms(
                    new Language("en"),
                    new Language("es"),
                    true,
                    false,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(60));

    private RoutingSamples() {}
}
