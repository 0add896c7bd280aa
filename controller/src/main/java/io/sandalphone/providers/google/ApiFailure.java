package io.sandalphone.providers.google;

import io.sandalphone.speech.SpeechException;

import java.io.Serial;
import java.util.Optional;

/// A request to Google that failed. Has no cause: those of the libraries repeat what was sent.
final class ApiFailure extends SpeechException {
    @Serial private static final long serialVersionUID = 1;

    /// What was changed after a failure, so that the same request may succeed at once.
    enum Remedy {
        TOKEN_RENEWED,
        GLOSSARY_LEFT_OUT
    }

    private final boolean sent;
    private final transient Optional<Remedy> remedy;

    private ApiFailure(Kind kind, String message, boolean sent, Optional<Remedy> remedy) {
        super(kind, message);
        this.sent = sent;
        this.remedy = remedy;
    }

    /// A request that Google received, as far as is known.
    static ApiFailure of(Kind kind, String message) {
        return new ApiFailure(kind, message, true, Optional.empty());
    }

    /// A request that never left.
    static ApiFailure unsent(Kind kind, String message) {
        return new ApiFailure(kind, message, false, Optional.empty());
    }

    /// This failure, remedied by `remedy`.
    ApiFailure remedied(Remedy applied) {
        return new ApiFailure(kind(), String.valueOf(getMessage()), sent, Optional.of(applied));
    }

    /// Whether Google may have received the request, and bills it.
    boolean sent() {
        return sent;
    }

    Optional<Remedy> remedy() {
        return remedy;
    }
}
