package io.sandalphone.harness.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.latency.EvaluationSet.Utterance;
import io.sandalphone.harness.latency.ModelLeg.Stretch;
import io.sandalphone.harness.latency.Outcome.Clause;
import io.sandalphone.harness.latency.Outcome.Voiced;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class TrialTest {
    private static final Language ENGLISH = new Language("en");
    private static final Language SPANISH = new Language("es");

    /// Whatever it is asked it says as one word.
    private static final class Echo implements Translator {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public boolean translates(Language from, Language to) {
            return true;
        }

        @Override
        public String translate(TranslationRequest request) {
            return "hablaron";
        }
    }

    private static Outcome run(Policy policy, Profile profile, Utterance said) {
        return new Trial(
                        said,
                        policy.settings(),
                        profile,
                        1,
                        ENGLISH,
                        SPANISH,
                        new Echo(),
                        List.of("something"))
                .run();
    }

    private static Policy patient() throws Exception {
        return Policy.sideBySide().getFirst();
    }

    private static Policy clause() throws Exception {
        return Policy.sideBySide().get(1);
    }

    @Test
    void patience_waits_for_the_end_of_the_turn_then_for_each_provider() throws Exception {
        Outcome outcome = run(patient(), Samples.EXACT, Samples.said(0, "They left."));

        // 400 ms of silence and 100 until that is told, 100 for the translation, 120 for its first
        // sound, the next tick.
        assertEquals(Optional.of(740L), outcome.lastClause().map(from -> from - 400));
        assertEquals(300 + 100 + 120, outcome.floorMs());
        assertEquals(List.of("They left."), outcome.clauses().stream().map(Clause::text).toList());
        assertEquals(8 * 60, outcome.sounds().getFirst().until() - 400 - 740);
    }

    @Test
    void a_clause_is_heard_while_the_speaker_goes_on() throws Exception {
        Utterance said =
                Samples.said(0, "I called the office yesterday and nobody came to help me.");

        Outcome outcome = run(clause(), Samples.EXACT, said);

        assertEquals("I called the office yesterday", outcome.clauses().getFirst().text());
        assertTrue(outcome.firstSound().orElseThrow() < said.durationMs(), outcome.toString());
        assertEquals(0, outcome.revised());
    }

    @Test
    void the_same_seed_gives_the_same_call() throws Exception {
        Profile cloud = Profile.of("cloud").orElseThrow();
        Utterance said = EvaluationSet.ofThisProject().english().getFirst();

        assertEquals(run(clause(), cloud, said), run(clause(), cloud, said));
    }

    @Test
    void every_word_of_the_set_is_translated_once_and_in_order_by_each_policy() throws Exception {
        List<Utterance> set = EvaluationSet.ofThisProject().english();
        for (Utterance said : set.subList(0, 40)) {
            for (Policy policy : Policy.sideBySide()) {
                Outcome outcome = run(policy, Samples.EXACT, said);
                assertEquals(0, outcome.revised(), said.id());
                assertEquals(
                        words(Stream.of(said.text())),
                        words(outcome.clauses().stream().map(Clause::text)),
                        said.id() + " " + policy.name());
            }
        }
    }

    private static String words(Stream<String> texts) {
        return texts.flatMap(text -> Stream.of(text.split(" ", -1)))
                .map(HeardWords::plain)
                // What nobody needs to hear is left out before it is translated.
                .filter(word -> !word.matches("u+[mh]+|hmm+|mm+|er+m?|ah+|oh"))
                .collect(Collectors.joining(" "));
    }

    private static Outcome heard(Stretch... sounds) {
        List<Clause> clauses =
                List.of(new Clause("t", 0, 400, Optional.of(new Voiced("v", 900, 2000, Map.of()))));
        return new Outcome(
                Samples.said(0, "They left."),
                clauses,
                List.of(sounds),
                0,
                0,
                0,
                0,
                Map.of(),
                0,
                0);
    }

    @Test
    void a_listener_who_hears_nothing_for_too_long_begins_to_speak() {
        // Silence from 400 on; at 1400 they begin, and speak until 3400.
        assertEquals(600, heard(new Stretch(1500, 2100)).talkedOverMs(1000, 2000));
        assertEquals(0, heard(new Stretch(1000, 2100)).talkedOverMs(1000, 2000));
        assertEquals(
                400,
                heard(new Stretch(1000, 2000), new Stretch(3100, 3500)).talkedOverMs(1000, 2000));
    }
}
