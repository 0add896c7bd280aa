package io.sandalphone.call;

import io.sandalphone.speech.Language;

import java.time.Duration;

/// How two people are joined, whoever they are.
///
/// `interpret` speaks to the destination what the caller says, translated; `relay` does the same in
/// the other direction. `ring` is how long the destination's phone rings, `max` how long the call
/// may last once it was answered.
public record CallTerms(
        Language callerLanguage,
        Language destinationLanguage,
        boolean interpret,
        boolean relay,
        Duration ring,
        Duration max) {
    public CallTerms {
        if (relay && !interpret) {
            throw new IllegalArgumentException("relay is on although interpret is off");
        }
    }
}
