package io.sandalphone.providers.google;

import io.sandalphone.speech.SpeechException.Kind;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Whether one service of Google's works, by what came of what it was asked. Thread-safe.
final class GoogleAvailability {
    private volatile @Nullable String reason;

    /// Why it cannot work just now.
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    void worked() {
        reason = null;
    }

    /// What is wrong with one request alone says nothing about the next.
    ApiFailure failed(ApiFailure failure) {
        if (failure.kind() != Kind.REQUEST) {
            reason = failure.getMessage();
        }
        return failure;
    }
}
