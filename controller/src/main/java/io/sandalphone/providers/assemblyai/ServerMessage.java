package io.sandalphone.providers.assemblyai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.speech.Language;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the service sends, as far as it concerns us. Fields we do not know are ignored.
sealed interface ServerMessage {
    /// The session is open and is being billed.
    record Begin() implements ServerMessage {}

    /// The words of one turn, so far or at its end.
    ///
    /// @param order which turn of the session
    /// @param ended whether it will not go on
    /// @param transcript the final words as text, punctuated when it is formatted
    record Turn(
            int order,
            boolean ended,
            String transcript,
            List<Word> words,
            Optional<Language> language)
            implements ServerMessage {
        public Turn {
            words = List.copyOf(words);
        }
    }

    /// One word: from when to when, in milliseconds of the session's audio.
    record Word(String text, long start, long end, boolean last) {}

    /// The session lives. Sent every few seconds of audio.
    ///
    /// @param speechProbability the highest probability of speech in what was heard since the last one
    record Heartbeat(double speechProbability) implements ServerMessage {}

    /// Why the service is about to close the session.
    record Failed(int code, String reason) implements ServerMessage {}

    /// The session is over, and all its turns were told.
    record Terminated() implements ServerMessage {}

    /// Something that holds nothing for us.
    record Other() implements ServerMessage {}

    /// Thrown for what is not a message. Never holds any of it: people's words may be in it.
    final class UnreadableException extends Exception {
        @Serial private static final long serialVersionUID = 1;

        UnreadableException(String message) {
            super(message, null, false, false);
        }
    }

    /// Reads a text frame.
    static ServerMessage parse(String text) throws UnreadableException {
        JsonNode message;
        try {
            message = Json.MAPPER.readTree(text);
        } catch (JsonProcessingException _) {
            throw new UnreadableException("not JSON");
        }
        return switch (message.path("type").asText()) {
            case "Begin" -> new Begin();
            case "Turn" -> turn(message);
            case "Heartbeat" -> heartbeat(message.path("max_speech_probability"));
            case "Error" ->
                    new Failed(message.path("error_code").asInt(), message.path("error").asText());
            case "Termination" -> new Terminated();
            case "" -> throw new UnreadableException("a message without a type");
            default -> new Other();
        };
    }

    private static ServerMessage heartbeat(JsonNode speech) {
        return speech.isNumber() ? new Heartbeat(speech.asDouble()) : new Other();
    }

    private static Turn turn(JsonNode message) throws UnreadableException {
        JsonNode order = message.path("turn_order");
        JsonNode ended = message.path("end_of_turn");
        JsonNode transcript = message.path("transcript");
        JsonNode words = message.path("words");
        if (!order.isInt() || !ended.isBoolean() || !transcript.isTextual() || !words.isArray()) {
            throw new UnreadableException("a Turn without its fields");
        }
        List<Word> read = new ArrayList<>();
        for (JsonNode word : words) {
            if (!word.path("text").isTextual()
                    || !word.path("start").isNumber()
                    || !word.path("end").isNumber()) {
                throw new UnreadableException("a word without its fields");
            }
            read.add(
                    new Word(
                            word.path("text").asText(),
                            word.path("start").asLong(),
                            word.path("end").asLong(),
                            word.path("word_is_final").asBoolean()));
        }
        return new Turn(
                order.asInt(),
                ended.asBoolean(),
                transcript.asText().strip(),
                read,
                language(message.path("language_code").asText()));
    }

    private static Optional<Language> language(String code) {
        try {
            return code.isEmpty() ? Optional.empty() : Optional.of(new Language(code));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The one reader; thread-safe.
    final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        private Json() {}
    }
}
