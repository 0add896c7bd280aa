package io.sandalphone.providers.assemblyai;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// What the service sends, as far as it concerns us. Fields we do not know are ignored.
sealed interface ServerMessage {
    /// The session is open and is being billed.
    record Begin() implements ServerMessage {}

    /// The words of one turn, so far or at its end.
    ///
    /// @param order which turn of the session, where the message says so
    /// @param ended whether it will not go on
    /// @param formatted whether it comes with punctuation and capitals; true where the message does not say
    /// @param transcript what was said: at the end all of it, punctuated when it is formatted; before,
    ///     the final words, if there are any
    /// @param words the words one by one; none where the message has none, and untimed where it says of
    ///     none of them when it was said
    record Turn(
            OptionalLong order,
            boolean ended,
            boolean formatted,
            String transcript,
            List<Word> words,
            Optional<Language> language)
            implements ServerMessage {
        public Turn {
            words = List.copyOf(words);
        }

        /// Whether it says when its words were said.
        boolean timed() {
            return !words.isEmpty() && words.getFirst().start() != Word.UNKNOWN;
        }
    }

    /// One word: from when to when, in milliseconds of the session's audio.
    record Word(String text, long start, long end, boolean last) {
        /// For words of which nothing says when they were said.
        static final long UNKNOWN = -1;
    }

    /// The session lives. Sent every few seconds of audio.
    ///
    /// @param speechProbability the highest probability of speech in what was heard since the last one
    record Heartbeat(double speechProbability) implements ServerMessage {}

    /// Why the service is about to close the session.
    record Failed(int code, String reason) implements ServerMessage {}

    /// The session is over, and all its turns were sent.
    record Terminated() implements ServerMessage {}

    /// Something that holds nothing for us.
    record Other() implements ServerMessage {}

    /// A text frame as read.
    ///
    /// @param incomplete whether something in it was missing, or was not what it should be
    record Read(ServerMessage message, boolean incomplete) {}

    /// Reads a text frame for what is there.
    ///
    /// @throws UnreadableException when it is no JSON object
    static Read parse(String text) throws UnreadableException {
        JsonMessage json = JsonMessage.parse(text);
        ServerMessage message =
                switch (json.text("type").orElse("").toLowerCase(Locale.ROOT)) {
                    case "begin" -> new Begin();
                    case "turn" -> turn(json);
                    case "heartbeat" -> heartbeat(json.optional());
                    case "error" ->
                            new Failed(
                                    Math.clamp(json.integer("error_code").orElse(0), 0, 9999),
                                    json.text("error").orElse(""));
                    case "termination" -> new Terminated();
                    default -> hasWords(json) ? turn(json) : new Other();
                };
        return new Read(message, json.lacks() > 0);
    }

    /// Whether a message has the shape of a turn, whatever it calls itself.
    private static boolean hasWords(JsonMessage json) {
        return json.has("end_of_turn") && (json.has("transcript") || json.has("words"));
    }

    private static ServerMessage heartbeat(JsonMessage json) {
        var speech = json.number("max_speech_probability");
        return speech.isPresent() ? new Heartbeat(speech.getAsDouble()) : new Other();
    }

    private static Turn turn(JsonMessage json) {
        // What is formatted is over, with all models.
        boolean ended =
                json.flag("end_of_turn")
                        .or(() -> json.optional().flag("turn_is_formatted"))
                        .orElse(false);
        List<Word> words = words(json.list("words"));
        String transcript = json.text("transcript").orElse("").strip();
        if (transcript.isEmpty() && ended) {
            transcript =
                    json.optional()
                            .text("utterance")
                            .map(String::strip)
                            .filter(text -> !text.isEmpty())
                            .orElseGet(() -> joined(words));
        }
        return new Turn(
                json.integer("turn_order"),
                ended,
                json.optional().flag("turn_is_formatted").orElse(true),
                transcript,
                words,
                language(json.optional()));
    }

    private static String joined(List<Word> words) {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }

    /// A word that does not say when it began, or ended, did so where the words beside it did. One that
    /// does not say what it was leaves its time to them.
    private static List<Word> words(List<JsonMessage> elements) {
        List<Word> words = new ArrayList<>();
        long known = Word.UNKNOWN;
        for (JsonMessage element : elements) {
            // Some programs write a word as its text alone.
            String text = element.text("text").or(element::text).orElse("").strip();
            long start = Math.max(known, time(element, "start").orElse(known));
            long end = Math.max(start, time(element, "end").orElse(start));
            if (start == Word.UNKNOWN) {
                start = end;
            }
            if (known == Word.UNKNOWN && start != Word.UNKNOWN) {
                timeAll(words, start);
            }
            if (!text.isEmpty()) {
                long began = words.isEmpty() && known != Word.UNKNOWN ? known : start;
                words.add(new Word(text, began, end, isLast(element)));
            }
            known = text.isEmpty() && words.isEmpty() ? start : end;
        }
        return words;
    }

    private static void timeAll(List<Word> untimed, long time) {
        untimed.replaceAll(word -> new Word(word.text(), time, time, word.last()));
    }

    private static boolean isLast(JsonMessage word) {
        return word.isObject() && word.optional().flag("word_is_final").orElse(false);
    }

    private static OptionalLong time(JsonMessage word, String field) {
        OptionalLong time = word.isObject() ? word.integer(field) : OptionalLong.empty();
        return time.isPresent() && time.getAsLong() < 0 ? OptionalLong.empty() : time;
    }

    /// The language that was noticed, unless the service is in doubt of it. One that does not say how
    /// sure it is is believed.
    private static Optional<Language> language(JsonMessage turn) {
        String code = turn.text("language_code").orElse("");
        boolean doubt = turn.number("language_confidence").orElse(1) < TranscriptEvent.SURE;
        try {
            return doubt || code.isEmpty() ? Optional.empty() : Optional.of(new Language(code));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
