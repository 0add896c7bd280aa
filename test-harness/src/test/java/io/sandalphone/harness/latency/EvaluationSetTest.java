package io.sandalphone.harness.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.latency.EvaluationSet.Keep;
import io.sandalphone.harness.latency.EvaluationSet.Kind;
import io.sandalphone.harness.latency.EvaluationSet.Utterance;
import io.sandalphone.harness.latency.EvaluationSet.Word;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class EvaluationSetTest {
    private static final String LINE =
            """
            {"id":"a","kind":"negation","text":"No, not seven.","reference":"No, siete no.",\
            "keep":[{"type":"number","source":"seven","target":"siete"}],"clauses":[1],\
            "words":[["No,",0,300],["not",500,700],["seven.",700,1200]]}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void each_language_has_what_is_promised(String language) throws IOException {
        List<Utterance> all = spokenIn(language);
        assertTrue(all.size() >= 80, all.size() + " utterances");
        assertTrue(count(all, Kind.SHORT) * 100 >= all.size() * 35L, "too few short ones");
        for (Kind kind : EnumSet.allOf(Kind.class)) {
            assertTrue(count(all, kind) >= 4, "too few of " + kind);
        }
        Set<String> texts = new HashSet<>();
        for (Utterance each : all) {
            assertTrue(each.id().startsWith(language + "-"), each.id());
            assertTrue(texts.add(each.text()), each.id() + " has the text of another");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void words_last_as_long_as_people_take_for_them(String language) throws IOException {
        for (Utterance each : spokenIn(language)) {
            assertEquals(0, each.words().getFirst().startMs(), each.id());
            for (Word word : each.words()) {
                int lasts = word.endMs() - word.startMs();
                assertTrue(lasts >= 40 && lasts <= 1500, each.id() + ": " + word);
            }
            assertTrue(longestPause(each) <= 1600, each.id());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void short_phrases_are_short_and_narrations_long(String language) throws IOException {
        List<Utterance> all = spokenIn(language);
        for (Utterance each : all) {
            int lasts = each.durationMs();
            if (each.kind() == Kind.SHORT) {
                assertTrue(lasts >= 500 && lasts <= 3_000, each.id() + " lasts " + lasts);
            } else if (each.kind() == Kind.LONG) {
                assertTrue(lasts >= 10_000, each.id() + " lasts " + lasts);
                assertFalse(each.clauses().isEmpty(), each.id());
            }
        }
        assertTrue(all.stream().filter(each -> each.durationMs() >= 55_000).count() >= 4);
        assertTrue(
                all.stream()
                        .anyMatch(each -> each.durationMs() >= 120_000 && longestPause(each) == 0),
                "nobody speaks for two minutes without a pause");
    }

    @ParameterizedTest
    @CsvSource({"NUMBERS", "ADDRESS", "NAMES", "NEGATION"})
    void what_tries_numbers_names_and_negations_says_which_must_survive(Kind kind)
            throws IOException {
        for (String language : List.of("en", "es")) {
            for (Utterance each : spokenIn(language)) {
                assertFalse(each.kind() == kind && each.keep().isEmpty(), each.id());
            }
        }
    }

    @Test
    void a_line_is_read_as_it_stands() {
        Utterance read = EvaluationSet.parse("lines", LINE).getFirst();
        assertEquals("a", read.id());
        assertEquals(Kind.NEGATION, read.kind());
        assertEquals("No, not seven.", read.text());
        assertEquals("No, siete no.", read.reference());
        assertEquals(new Word("not", 500, 700), read.words().get(1));
        assertEquals(List.of(new Keep(Keep.Type.NUMBER, "seven", "siete")), read.keep());
        assertEquals(List.of(1), read.clauses());
        assertEquals(1_200, read.durationMs());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"not\",500,700 | \"nor\",500,700",
                "\"not\",500,700 | \"not\",299,700",
                "\"not\",500,700 | \"not\",500,500",
                "\"not\",500,700 | \"not\",500.5,700",
                "\"not\",500,700 | \"not\",500",
                "\"source\":\"seven\" | \"source\":\"even\"",
                "\"target\":\"siete\" | \"target\":\"diecisiete\"",
                "\"type\":\"number\" | \"type\":\"numeral\"",
                "\"kind\":\"negation\" | \"kind\":\"NEGATION\"",
                "\"clauses\":[1] | \"clauses\":[3]",
                "\"clauses\":[1] | \"clauses\":[1,1]",
                "\"clauses\" | \"cuts\"",
                "not seven | not  seven",
                "\"id\":\"a\", | ''",
            })
    void a_line_that_is_not_of_the_format_is_refused_with_its_place(String right, String wrong) {
        assertTrue(LINE.contains(right), right);
        String lines = LINE + LINE.replace(right, wrong);
        var refused =
                assertThrows(
                        IllegalArgumentException.class, () -> EvaluationSet.parse("set", lines));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("set:2: "), refused::toString);
    }

    @Test
    void what_must_survive_twice_is_there_twice() {
        String once = "{\"type\":\"negation\",\"source\":\"not\",\"target\":\"no\"}";
        String kept = LINE.replace("\"keep\":[", "\"keep\":[" + once + ",");
        assertEquals(2, EvaluationSet.parse("set", kept).getFirst().keep().size());
        String twice = kept.replace(once, once + "," + once);
        assertThrows(IllegalArgumentException.class, () -> EvaluationSet.parse("set", twice));
    }

    @Test
    void a_folder_may_hold_one_language_alone(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("es.jsonl"), LINE);
        assertEquals(0, EvaluationSet.in(folder).english().size());
        assertEquals("a", EvaluationSet.in(folder).spanish().getFirst().id());
    }

    @Test
    void a_folder_without_a_set_is_refused(@TempDir Path folder) {
        assertThrows(NoSuchFileException.class, () -> EvaluationSet.in(folder));
    }

    @Test
    void no_id_is_used_twice(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("en.jsonl"), LINE);
        Files.writeString(folder.resolve("es.jsonl"), LINE);
        assertThrows(IllegalArgumentException.class, () -> EvaluationSet.in(folder));
    }

    private static List<Utterance> spokenIn(String language) throws IOException {
        return EvaluationSet.ofThisProject().spokenIn(new Language(language));
    }

    private static long count(List<Utterance> all, Kind kind) {
        return all.stream().filter(each -> each.kind() == kind).count();
    }

    private static int longestPause(Utterance utterance) {
        int longest = 0;
        List<Word> words = utterance.words();
        for (int next = 1; next < words.size(); next++) {
            longest = Math.max(longest, words.get(next).startMs() - words.get(next - 1).endMs());
        }
        return longest;
    }
}
