package io.sandalphone.providers.openai;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

/// What a server's errors mean. Of their prose nothing is kept, since it may repeat what was said.
final class Refusals {
    private static final String USED_UP = "insufficient_quota";

    private Refusals() {}

    /// An answer with this status, which is no success.
    static SpeechException of(int status, String body) {
        String code = code(body);
        return new SpeechException(kind(status, code), "refused: " + named(status, code));
    }

    /// An error in the middle of an answer.
    static SpeechException amid(JsonMessage error) {
        String code = code(error);
        return new SpeechException(
                code.equals(USED_UP) ? Kind.QUOTA : Kind.PROVIDER_FAULT,
                "an error amid the answer" + (code.isEmpty() ? "" : ": " + code));
    }

    private static Kind kind(int status, String code) {
        if (code.equals(USED_UP)) {
            return Kind.QUOTA;
        }
        return switch (status) {
            case 401, 403 -> Kind.CREDENTIALS;
            case 429 -> Kind.OVERLOADED;
            case 408 -> Kind.TIMEOUT;
            default -> status >= 500 ? Kind.PROVIDER_FAULT : Kind.REQUEST;
        };
    }

    private static String named(int status, String code) {
        return "HTTP " + status + (code.isEmpty() ? "" : ' ' + code);
    }

    private static String code(String body) {
        try {
            return code(JsonMessage.parse(body).object("error"));
        } catch (UnreadableException _) {
            return "";
        }
    }

    /// The name of the error, where it is one.
    private static String code(JsonMessage error) {
        return error.text("code")
                .or(() -> error.text("type"))
                .filter(code -> code.matches("[A-Za-z_]{1,60}"))
                .orElse("");
    }
}
