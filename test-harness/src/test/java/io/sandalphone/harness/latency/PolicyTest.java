package io.sandalphone.harness.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.latency.EvaluationSet.Keep;
import io.sandalphone.harness.latency.EvaluationSet.Kind;
import io.sandalphone.harness.latency.EvaluationSet.Utterance;
import io.sandalphone.harness.latency.EvaluationSet.Word;
import io.sandalphone.harness.latency.Talk.Clause;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

class PolicyTest {
    private static final Language ENGLISH = new Language("en");
    private static final Language SPANISH = new Language("es");
    private static final Delay EXACT = new Delay(300, 300);

    /// Words of 200 ms; behind the third one they are silent for so long.
    private static Utterance said(int pause, String text) {
        List<Word> words = new ArrayList<>();
        int now = 0;
        for (String word : text.split(" ", -1)) {
            words.add(new Word(word, now, now + 200));
            now += words.size() == 3 ? 200 + pause : 200;
        }
        return new Utterance("t", Kind.SHORT, text, "-", words, List.of(), List.of());
    }

    private static List<String> clauses(Policy policy, Utterance said) {
        return Talk.clauses(said, policy.make().apply(ENGLISH, SPANISH), EXACT, new Random(1))
                .stream()
                .map(clause -> clause.utterance().text() + "@" + clause.committedMillis())
                .toList();
    }

    @Test
    void patience_waits_for_the_silence_that_ends_an_utterance() {
        assertEquals(
                List.of("i called yesterday@1160", "and nobody came@2760"),
                clauses(Policy.PATIENT, said(1000, "I called yesterday, and nobody came.")));
    }

    @Test
    void a_clause_is_committed_when_the_word_behind_it_is_told() {
        assertEquals(
                List.of("i called the office yesterday@1500", "and nobody came@2160"),
                clauses(Policy.CLAUSE, said(0, "I called the office yesterday and nobody came.")));
    }

    @Test
    void every_word_of_the_set_is_committed_once_by_each_policy() throws Exception {
        EvaluationSet set = EvaluationSet.ofThisProject();
        for (Language from : List.of(ENGLISH, SPANISH)) {
            for (Utterance utterance : set.spokenIn(from)) {
                assertEquals(
                        words(Policy.PATIENT, utterance, from),
                        words(Policy.CLAUSE, utterance, from),
                        utterance.id());
            }
        }
    }

    private static String words(Policy policy, Utterance utterance, Language from) {
        Language to = from.equals(ENGLISH) ? SPANISH : ENGLISH;
        List<Clause> clauses =
                Talk.clauses(utterance, policy.make().apply(from, to), EXACT, new Random(1));
        return String.join(" ", clauses.stream().map(each -> each.utterance().text()).toList());
    }

    @Test
    void the_same_words_score_a_hundred_and_others_nothing() {
        assertEquals(100, Chrf.score("¿Ya me oye?", "ya me oye"), 1e-9);
        assertEquals(0, Chrf.score("bbb", "aaa"), 1e-9);
        double near = Chrf.score("el paquete llegó", "el paquete ya llegó");
        assertTrue(near > 50 && near < 100, "" + near);
        assertEquals(0, Chrf.score("", "aaa"), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({
        "number, twenty five, veinticinco, tiene 25, 1",
        "number, twenty five, veinticinco, tiene 20, 0",
        "name, Dana, Dana, le habla dana, 1",
        "negation, not, no, nunca viene, 1",
        "negation, not, no, ya viene, 0",
    })
    void what_is_kept_is_found_however_it_is_written(
            String type, String source, String target, String translation, int kept) {
        var keep = new Keep(Keep.Type.valueOf(type.toUpperCase(Locale.ROOT)), source, target);

        assertEquals(kept, Kept.count(List.of(keep), translation, SPANISH));
    }
}
