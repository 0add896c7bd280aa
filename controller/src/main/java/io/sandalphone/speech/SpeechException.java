package io.sandalphone.speech;

import java.io.Serial;

/// What went wrong at an engine or vendor, in the one vocabulary the rest of the gateway acts on.
/// The message never holds what people said, nor a credential.
public class SpeechException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    /// What to do about a failure follows from its kind, not from its message.
    public enum Kind {
        UNREACHABLE(true),
        TIMEOUT(true),
        OVERLOADED(true),
        PROVIDER_FAULT(true),
        QUOTA(false),
        CREDENTIALS(false),
        REQUEST(false);

        private final boolean worthRetrying;

        Kind(boolean worthRetrying) {
            this.worthRetrying = worthRetrying;
        }

        /// False when it will fail again until something changes.
        public boolean worthRetrying() {
            return worthRetrying;
        }
    }

    private final Kind kind;

    public SpeechException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public SpeechException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// Of an engine that is asked to speak a language for which it has no voice.
    public static SpeechException noVoice(Language language) {
        return new SpeechException(Kind.REQUEST, "no voice for " + language);
    }

    public Kind kind() {
        return kind;
    }
}
