package io.sandalphone.providers.backend;

import io.sandalphone.brain.Wish;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import java.util.Optional;

/// What a backend replies: `{"reply", "end"?, "transferTo"?}`.
///
/// @param text what is said; it may be empty
/// @param wish what is to happen afterwards; where both are told, somebody takes the call rather than that it ends
///
/// Printed without the words.
record BackendReply(String text, Optional<Wish> wish) {
    private static final int LONGEST_NAME = 100;

    /// @throws SpeechException for what is no reply
    static BackendReply parse(String body) throws SpeechException {
        try {
            JsonMessage message = JsonMessage.parse(body).optional();
            String text =
                    message.text("reply")
                            .orElseThrow(
                                    () ->
                                            new SpeechException(
                                                    Kind.PROVIDER_FAULT,
                                                    "the backend's answer holds no reply"));
            Optional<String> to =
                    message.text("transferTo")
                            .map(String::strip)
                            .filter(name -> !name.isEmpty() && name.length() <= LONGEST_NAME);
            Optional<Wish> wish =
                    to.isPresent()
                            ? Optional.of(new Wish.Transfer(to, ""))
                            : message.flag("end").filter(ends -> ends).map(_ -> new Wish.HangUp());
            return new BackendReply(text, wish);
        } catch (UnreadableException _) {
            throw new SpeechException(Kind.PROVIDER_FAULT, "the backend's answer is not JSON");
        }
    }

    @Override
    public String toString() {
        return "BackendReply[%d characters, %s]".formatted(text.length(), wish);
    }
}
