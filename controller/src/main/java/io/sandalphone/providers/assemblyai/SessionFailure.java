package io.sandalphone.providers.assemblyai;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import java.io.InterruptedIOException;
import java.util.Locale;

/// Why a session is gone: the service's codes in our words.
record SessionFailure(Kind kind, String message) {
    /// A close frame, or the `Error` before it, with the code and reason it gave.
    static SessionFailure ofClose(int code, String reason) {
        return switch (code) {
            case 1008 -> refused(reason);
            case 3006, 4100, 4101 ->
                    new SessionFailure(Kind.REQUEST, "the service refuses our parameters: " + code);
            case 3009, 4102 ->
                    new SessionFailure(Kind.OVERLOADED, "too many concurrent sessions: " + code);
            case 4001 -> new SessionFailure(Kind.CREDENTIALS, "the key is refused: 4001");
            case 4002, 4003 ->
                    new SessionFailure(Kind.QUOTA, "the account does not cover it: " + code);
            default ->
                    new SessionFailure(
                            Kind.PROVIDER_FAULT, "the service closed the session: " + code);
        };
    }

    /// 1008 stands for a wrong key, an empty account and too many sessions; only its text tells.
    private static SessionFailure refused(String reason) {
        String text = reason.toLowerCase(Locale.ROOT);
        if (text.contains("concurren") || text.contains("too many")) {
            return new SessionFailure(Kind.OVERLOADED, "too many concurrent sessions: 1008");
        }
        if (text.contains("fund") || text.contains("balance")) {
            return new SessionFailure(Kind.QUOTA, "the account does not cover it: 1008");
        }
        return new SessionFailure(Kind.CREDENTIALS, "the key is refused: 1008");
    }

    /// An answer to the handshake that was not 101.
    static SessionFailure ofStatus(int status) {
        String message = "the service answers the handshake with " + status;
        return switch (status) {
            case 401, 403 -> new SessionFailure(Kind.CREDENTIALS, message);
            case 402 -> new SessionFailure(Kind.QUOTA, message);
            case 408 -> new SessionFailure(Kind.TIMEOUT, message);
            case 429 -> new SessionFailure(Kind.OVERLOADED, message);
            default ->
                    status >= 500
                            ? new SessionFailure(Kind.PROVIDER_FAULT, message)
                            : new SessionFailure(Kind.REQUEST, message);
        };
    }

    /// A connection that could not be made, or broke.
    static SessionFailure ofFailure(Throwable failure) {
        return failure instanceof InterruptedIOException
                ? new SessionFailure(Kind.TIMEOUT, "the service does not answer in time")
                : new SessionFailure(Kind.UNREACHABLE, "the connection to the service failed");
    }

    /// The service is connected and silent.
    static SessionFailure ofSilence(String message) {
        return new SessionFailure(Kind.TIMEOUT, message);
    }

    static SessionFailure ofGarbage() {
        return new SessionFailure(Kind.PROVIDER_FAULT, "the service sends what cannot be read");
    }

    SpeechException exception() {
        return new SpeechException(kind, message);
    }
}
