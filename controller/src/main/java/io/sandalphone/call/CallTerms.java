package io.sandalphone.call;

import io.sandalphone.speech.Language;

import java.time.Duration;

/// How two people are joined, whoever they are.
///
/// `interpret` speaks to the destination what the caller says, translated; `relay` does the same in
/// the other direction. `ringTimeout` is how long the destination's phone rings, `maxDuration` how long the call
/// may last once it was answered.
public record CallTerms(
        Language callerLanguage,
        Language destinationLanguage,
        boolean interpret,
        boolean relay,
        Duration ringTimeout,
        Duration maxDuration) {
    public CallTerms {
        if (relay && !interpret) {
            throw new IllegalArgumentException("relay is on although interpret is off");
        }
    }
}
