package io.sandalphone.harness.latency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.speech.Language;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What people say on the telephone, with the times of its words and a good interpreter's
/// translation. `controller/docs/evaluation-set.md` describes the format; whatever is not of that
/// format is refused, with its file and line.
///
/// @param english what is said in English
/// @param spanish what is said in Spanish
public record EvaluationSet(List<Utterance> english, List<Utterance> spanish) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENGLISH = "en.jsonl";
    private static final String SPANISH = "es.jsonl";

    /// Throws [IllegalArgumentException] when two utterances have the same id.
    public EvaluationSet {
        english = List.copyOf(english);
        spanish = List.copyOf(spanish);
        Set<String> ids = new HashSet<>();
        for (List<Utterance> each : List.of(english, spanish)) {
            for (Utterance utterance : each) {
                require(ids.add(utterance.id()), "id " + utterance.id() + " twice");
            }
        }
    }

    /// The set that was written for this project.
    public static EvaluationSet ofThisProject() throws IOException {
        return new EvaluationSet(resource(ENGLISH), resource(SPANISH));
    }

    /// The set in `folder`: `en.jsonl`, `es.jsonl` or both. Throws [NoSuchFileException] when it
    /// has neither, [IllegalArgumentException] for a line that is not of the format.
    public static EvaluationSet in(Path folder) throws IOException {
        List<Utterance> english = file(folder.resolve(ENGLISH));
        List<Utterance> spanish = file(folder.resolve(SPANISH));
        if (english.isEmpty() && spanish.isEmpty()) {
            throw new NoSuchFileException(
                    folder.toString(), null, "neither " + ENGLISH + " nor " + SPANISH);
        }
        return new EvaluationSet(english, spanish);
    }

    /// What is said in `language`: English or Spanish.
    public List<Utterance> spokenIn(Language language) {
        return switch (language.base()) {
            case "en" -> english;
            case "es" -> spanish;
            default -> throw new IllegalArgumentException("no utterances in " + language);
        };
    }

    private static List<Utterance> resource(String name) throws IOException {
        String path = "set/" + name;
        try (InputStream lines = EvaluationSet.class.getResourceAsStream(path)) {
            if (lines == null) {
                throw new NoSuchFileException(path);
            }
            return parse(path, new String(lines.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<Utterance> file(Path file) throws IOException {
        return Files.exists(file) ? parse(file.toString(), Files.readString(file)) : List.of();
    }

    /// The utterances of `lines`, one on each; `source` names them in what is thrown.
    static List<Utterance> parse(String source, String lines) {
        List<Utterance> parsed = new ArrayList<>();
        int number = 0;
        for (String line : lines.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                parsed.add(utterance(JSON.readTree(line)));
            } catch (JsonProcessingException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        source + ":" + number + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(parsed);
    }

    private static Utterance utterance(JsonNode line) {
        known(line, "id", "kind", "text", "reference", "words", "keep", "clauses");
        List<Word> words = new ArrayList<>();
        for (JsonNode word : line.path("words")) {
            require(word.size() == 3, "a word has three parts: " + word);
            words.add(new Word(text(word.get(0)), whole(word.get(1)), whole(word.get(2))));
        }
        List<Keep> keep = new ArrayList<>();
        for (JsonNode kept : line.path("keep")) {
            known(kept, "type", "source", "target");
            keep.add(
                    new Keep(
                            named(Keep.Type.class, kept.path("type")),
                            text(kept.path("source")),
                            text(kept.path("target"))));
        }
        List<Integer> clauses = new ArrayList<>();
        line.path("clauses").forEach(index -> clauses.add(whole(index)));
        return new Utterance(
                text(line.path("id")),
                named(Kind.class, line.path("kind")),
                text(line.path("text")),
                text(line.path("reference")),
                words,
                keep,
                clauses);
    }

    private static void known(JsonNode object, String... fields) {
        List<String> known = List.of(fields);
        object.fieldNames()
                .forEachRemaining(
                        field -> require(known.contains(field), "unknown field " + field));
    }

    private static String text(JsonNode value) {
        require(value.isTextual() && !value.asText().isBlank(), "text expected, not " + value);
        return value.asText();
    }

    private static int whole(JsonNode value) {
        require(value.isInt(), "whole number expected, not " + value);
        return value.asInt();
    }

    private static <E extends Enum<E>> E named(Class<E> type, JsonNode name) {
        String text = text(name);
        require(text.equals(text.toLowerCase(Locale.ROOT)), "lower case expected: " + text);
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// What an utterance was written to try.
    public enum Kind {
        /// A phrase of half a second to three seconds.
        SHORT,
        /// A narration of ten seconds and more.
        LONG,
        NUMBERS,
        ADDRESS,
        /// Names, and words that are spelled.
        NAMES,
        /// The speaker corrects themselves.
        CORRECTION,
        /// Fillers, repeated starts, pauses inside a clause.
        HESITATION,
        /// It breaks off inside a clause.
        INTERRUPTION,
        NEGATION,
        /// Two languages in one utterance.
        SWITCH
    }

    /// A word as it stands in the text, with its mark.
    ///
    /// @param startMs since the utterance began
    /// @param endMs the same
    public record Word(String text, int startMs, int endMs) {
        public Word {
            require(startMs >= 0 && startMs < endMs, text + " from " + startMs + " to " + endMs);
        }
    }

    /// What must survive in the translation.
    ///
    /// @param source its words in the text, without regard to case and punctuation
    /// @param target its words in the reference, likewise
    public record Keep(Type type, String source, String target) {
        /// What kind of thing is lost when it is.
        public enum Type {
            NUMBER,
            NAME,
            NEGATION,
            DATE,
            AMOUNT,
            ADDRESS,
            SPELLED
        }
    }

    /// What one person says in one turn.
    ///
    /// @param id unique in the set
    /// @param text as a recognizer finally writes it
    /// @param reference as a good interpreter says it in the other language
    /// @param words those of the text, in its order, one after the other
    /// @param keep what must survive in the translation
    /// @param clauses indexes of the words with which a good interpreter would begin a new clause,
    ///     for orientation only
    public record Utterance(
            String id,
            Kind kind,
            String text,
            String reference,
            List<Word> words,
            List<Keep> keep,
            List<Integer> clauses) {
        /// Throws [IllegalArgumentException] when the parts contradict each other.
        public Utterance {
            words = List.copyOf(words);
            keep = List.copyOf(keep);
            clauses = List.copyOf(clauses);
            require(
                    words.stream().map(Word::text).toList().equals(List.of(text.split(" ", -1))),
                    id + ": the words are not those of the text");
            for (int next = 1; next < words.size(); next++) {
                Word word = words.get(next);
                require(
                        words.get(next - 1).endMs() <= word.startMs(),
                        id + ": overlap at " + word.text() + ", " + word.startMs());
            }
            for (Keep each : keep) {
                requireOften(id, text, each.source(), keep.stream().map(Keep::source).toList());
                requireOften(
                        id, reference, each.target(), keep.stream().map(Keep::target).toList());
            }
            int before = 0;
            for (int begins : clauses) {
                require(begins > before && begins < words.size(), id + ": clause at " + begins);
                before = begins;
            }
        }

        /// How long it takes, from its beginning to the end of its last word.
        public int durationMs() {
            return words.getLast().endMs();
        }

        /// What is to be kept twice must be there twice.
        private static void requireOften(String id, String in, String kept, List<String> all) {
            List<String> wanted = bare(kept);
            require(!wanted.isEmpty(), id + ": nothing to keep in " + kept);
            int times =
                    Math.toIntExact(all.stream().filter(each -> bare(each).equals(wanted)).count());
            int there = 0;
            List<String> words = bare(in);
            for (int at = 0; at + wanted.size() <= words.size(); at++) {
                if (words.subList(at, at + wanted.size()).equals(wanted)) {
                    there++;
                }
            }
            require(
                    there >= times,
                    id + ": \"" + kept + "\" " + there + " times in \"" + in + "\"");
        }

        private static List<String> bare(String text) {
            return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]++", -1))
                    .filter(word -> !word.isEmpty())
                    .toList();
        }
    }
}
