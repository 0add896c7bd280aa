package io.sandalphone.speech.http;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import java.util.Locale;

/// An answer that is no success: its status, and the name that the server gives the error, where it does. Servers tell it in one of
/// three ways: `{"error": {"code", "type", "message"}}` as OpenAI, `{"error": "…"}`, `{"detail": "…"}`.
///
/// Of their prose nothing gets out of here, since it may repeat what was said.
public final class HttpRefusal {
    private static final String USED_UP = "insufficient_quota";

    private final int status;
    private final String code;
    private final String prose;

    private HttpRefusal(int status, String code, String prose) {
        this.status = status;
        this.code = code;
        this.prose = prose;
    }

    /// Reads an answer with this status, which is no success. A body that cannot be read says nothing.
    public static HttpRefusal of(int status, String body) {
        JsonMessage message;
        try {
            message = JsonMessage.parse(body).optional();
        } catch (UnreadableException _) {
            message = JsonMessage.empty().optional();
        }
        return of(status, message);
    }

    /// The error that `message` tells, in the middle of an answer that began with this status.
    public static HttpRefusal of(int status, JsonMessage message) {
        JsonMessage error = message.object("error");
        String code =
                error.text("code")
                        .or(() -> error.text("type"))
                        .filter(name -> name.matches("[A-Za-z_]{1,60}"))
                        .orElse("");
        String prose =
                error.text("message")
                        .or(() -> message.text("error"))
                        .or(() -> message.text("detail"))
                        .orElse("");
        return new HttpRefusal(status, code, prose);
    }

    public int status() {
        return status;
    }

    /// Whether the server says `words` in its explanation, in capitals or not.
    public boolean says(String words) {
        return prose.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }

    /// What to do about it. Nothing but a status that is a success is said of an error in the middle of an answer: the server
    /// has failed.
    public Kind kind() {
        if (code.equals(USED_UP)) {
            return Kind.QUOTA;
        }
        return switch (status) {
            case 401, 403 -> Kind.CREDENTIALS;
            case 402 -> Kind.QUOTA;
            case 408 -> Kind.TIMEOUT;
            case 429 -> Kind.OVERLOADED;
            default -> status >= 400 && status < 500 ? Kind.REQUEST : Kind.PROVIDER_FAULT;
        };
    }

    /// The failure it is.
    public SpeechException failure() {
        return new SpeechException(kind(), toString());
    }

    @Override
    public String toString() {
        String what = status < 300 ? "an error amid the answer" : "refused: HTTP " + status;
        return code.isEmpty() ? what : what + ' ' + code;
    }
}
