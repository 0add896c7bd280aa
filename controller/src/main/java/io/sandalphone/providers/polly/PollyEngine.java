package io.sandalphone.providers.polly;

import java.util.Locale;

/// The ways in which Polly makes speech. They differ in sound, price and in how many requests a
/// second an account may make.
public enum PollyEngine {
    STANDARD,
    NEURAL,
    LONG_FORM,
    GENERATIVE;

    /// As Polly and the settings write it: `long-form`.
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The entry of the price table that its characters are billed by.
    public String tariff() {
        return "polly-" + id();
    }
}
