package io.sandalphone.harness.fakes.assemblyai;

import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One turn: the words so far, and the messages that tell them. Knows no time.
final class Turn {
    /// How sure the service is of a turn's end once there was silence, and before.
    static final double CONFIDENT = 0.8;

    private static final double DOUBTFUL = 0.03;

    private final int order;
    private final List<HeardWord> words = new ArrayList<>();

    Turn(int order) {
        this.order = order;
    }

    void add(HeardWord word) {
        words.add(word);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /// Where the last word ends, in milliseconds of the session's audio.
    long end() {
        return words.getLast().end();
    }

    /// Words that stay, and perhaps a first guess at the one being said.
    JsonObject immutablePartial(Parameters asked, @Nullable HeardWord unfinished) {
        var told = new JsonArray();
        words.forEach(word -> told.add(json(word, true)));
        if (unfinished != null) {
            told.add(json(fragment(unfinished), false));
        }
        return message(false, false, DOUBTFUL, text(words), told, asked);
    }

    /// Words that may all change: the newest one usually does.
    JsonObject revisablePartial(Parameters asked) {
        List<HeardWord> guessed = new ArrayList<>(words);
        guessed.add(fragment(guessed.removeLast()));
        var told = new JsonArray();
        guessed.forEach(word -> told.add(json(word, false)));
        return message(false, false, DOUBTFUL, text(guessed), told, asked);
    }

    /// The words with an older one told differently, which no model may do that calls its words
    /// final.
    JsonObject rewrittenPartial(Parameters asked) {
        List<HeardWord> changed = new ArrayList<>(words);
        changed.set(0, fragment(changed.getFirst()));
        var told = new JsonArray();
        changed.forEach(word -> told.add(json(word, true)));
        return message(false, false, DOUBTFUL, text(changed), told, asked);
    }

    JsonObject ended(Parameters asked, boolean formatted) {
        List<HeardWord> said = formatted ? formatted() : words;
        var told = new JsonArray();
        said.forEach(word -> told.add(json(word, true)));
        return message(true, formatted, CONFIDENT, text(said), told, asked);
    }

    private JsonObject message(
            boolean ended,
            boolean formatted,
            double confidence,
            String transcript,
            JsonArray told,
            Parameters asked) {
        var message =
                new JsonObject()
                        .put("type", "Turn")
                        .put("turn_order", order)
                        .put("turn_is_formatted", formatted)
                        .put("end_of_turn", ended)
                        .put("end_of_turn_confidence", confidence)
                        .put("transcript", transcript)
                        .put("utterance", ended ? transcript : "")
                        .put("words", told);
        if (asked.languageDetection() && !words.isEmpty()) {
            message.put("language_code", words.getFirst().language())
                    .put("language_confidence", 0.99);
        }
        return message;
    }

    /// Spoils what goes with the text of a turn's message, each time in another way.
    static void spoil(JsonObject message, long time) {
        message.put("language_confidence", new JsonObject()).putNull("end_of_turn_confidence");
        switch ((int) (time % 4)) {
            case 0 -> message.remove("words");
            case 1 -> message.put("turn_order", String.valueOf(message.getValue("turn_order")));
            case 2 -> message.remove("turn_order");
            default ->
                    message.getJsonArray("words")
                            .forEach(word -> ((JsonObject) word).putNull("start"));
        }
    }

    private List<HeardWord> formatted() {
        List<HeardWord> formatted = new ArrayList<>(words);
        HeardWord first = formatted.getFirst();
        String text = first.text();
        formatted.set(
                0,
                first.withText(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1)));
        HeardWord last = formatted.removeLast();
        formatted.add(last.withText(last.text() + "."));
        return formatted;
    }

    private static HeardWord fragment(HeardWord word) {
        return word.withText(word.text().substring(0, Math.max(1, word.text().length() - 1)));
    }

    /// What somebody of the other language would have said. A hum is one in every language.
    static HeardWord foreign(HeardWord word) {
        if (word.isHum()) {
            return word;
        }
        String language = word.language().equals("en") ? "es" : "en";
        String text =
                ToneWord.parse(word.text())
                        .map(tones -> tones.getFirst().translated().text())
                        .orElse(language.equals("en") ? "word" : "palabra");
        return new HeardWord(text, language, word.start(), word.end());
    }

    private static String text(List<HeardWord> words) {
        return String.join(" ", words.stream().map(HeardWord::text).toList());
    }

    private static JsonObject json(HeardWord word, boolean last) {
        return new JsonObject()
                .put("text", word.text())
                .put("start", word.start())
                .put("end", word.end())
                .put("confidence", last ? 0.97 : 0.61)
                .put("word_is_final", last);
    }
}
