package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sandalphone.translate.RecognizedSpeech.Habits;
import io.sandalphone.translate.SpokenCall.Engines;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/// What must hold of a call whatever a recognizer, a voice detector and the engines do, and whenever.
class LanePropertyTest {
    private static final int CALLS = 250;
    private static final long FIRST_SEED = 20_261_129;
    private static final Habits ANY = new Habits(6, 10, true, true);
    private static final Habits ORDERLY = new Habits(6, 10, true, false);
    private static final Engines SOUND = new Engines(400, 0);
    private static final Engines FAILING = new Engines(1500, 8);
    private static final double TRANSLATION_BUDGET = 1.6;
    private static final double SYNTHESIS_BUDGET = 1.25;
    private static final int FIRST_CHARACTERS = 120;

    private static String told(long seed, Object what, RecognizedSpeech speech) {
        return "seed %d: %s\n%s".formatted(seed, what, speech);
    }

    private static int characters(List<String> texts) {
        return texts.stream().mapToInt(String::length).sum();
    }

    @Test
    void every_word_is_voiced_once_and_in_order() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + CALLS; seed++) {
            RecognizedSpeech speech = RecognizedSpeech.of(seed, ANY);
            var call = new SpokenCall(seed, speech, SOUND);
            call.run(Duration.ofSeconds(20));
            String heard = call.heard().toString();
            long of = seed;
            speech.expected()
                    .wrong(call.heard())
                    .ifPresent(fault -> fail(told(of, fault + ", of " + heard, speech)));
            call.hangUp();
            assertEquals(List.of(), call.left(), () -> told(of, "", speech));
        }
    }

    @Test
    void nothing_that_was_not_committed_is_heard_and_nothing_twice() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + CALLS; seed++) {
            RecognizedSpeech speech = RecognizedSpeech.of(seed, ANY);
            var call = new SpokenCall(seed, speech, FAILING);
            call.run(Duration.ofSeconds(20));
            Queue<String> committed = new ArrayDeque<>(call.committed());
            for (String heard : call.heard()) {
                String next = committed.poll();
                while (next != null && !Speculation.sameWords(next, heard)) {
                    next = committed.poll();
                }
                String outcome = heard + ", of " + call.committed() + ", " + call.heard();
                assertTrue(next != null, told(seed, outcome, speech));
            }
        }
    }

    @Test
    void what_is_spent_in_vain_stays_within_the_budgets_at_every_moment() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + CALLS; seed++) {
            RecognizedSpeech speech = RecognizedSpeech.of(seed, ANY);
            var call = new SpokenCall(seed, speech, seed % 2 == 0 ? SOUND : FAILING);
            for (int frame = 0; frame < call.frames(); frame++) {
                call.step();
                int committed = characters(call.committed());
                if (call.translatedCharacters() > FIRST_CHARACTERS + TRANSLATION_BUDGET * committed
                        || call.voicedCharacters()
                                > FIRST_CHARACTERS + SYNTHESIS_BUDGET * committed) {
                    fail(
                            told(
                                    seed,
                                    "%d translated, %d voiced of %d"
                                            .formatted(
                                                    call.translatedCharacters(),
                                                    call.voicedCharacters(),
                                                    committed),
                                    speech));
                }
            }
        }
    }

    @Test
    void a_speaker_who_is_interrupted_at_any_moment_leaves_nothing_queued() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + CALLS; seed++) {
            RecognizedSpeech speech = RecognizedSpeech.of(seed, ORDERLY);
            var call = new SpokenCall(seed, speech, SOUND);
            int end = new Random(seed).nextInt(call.frames());
            for (int frame = 0; frame < end; frame++) {
                call.step();
            }
            call.breakOff();
            call.run(Duration.ofSeconds(20));
            String outcome =
                    "broken off after %d frames, committed %s, heard %s"
                            .formatted(end, call.committed(), call.heard());
            assertEquals(List.of(), call.underWay(), told(seed, outcome, speech));
            int committed = characters(call.committed());
            // What was thrown away before it was even asked for counts as well.
            assertTrue(
                    call.translatedCharacters() <= committed + call.translatedInVain(),
                    told(seed, "what was begun ahead and " + outcome, speech));
            assertTrue(
                    call.voicedCharacters() <= committed + call.voicedInVain(),
                    told(seed, "what was voiced ahead and " + outcome, speech));
            call.hangUp();
        }
    }

    @Test
    void a_call_that_ends_at_any_moment_leaves_nothing_behind() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + CALLS; seed++) {
            RecognizedSpeech speech = RecognizedSpeech.of(seed, ANY);
            var call = new SpokenCall(seed, speech, seed % 2 == 0 ? SOUND : FAILING);
            int end = new Random(seed).nextInt(call.frames());
            for (int frame = 0; frame < end; frame++) {
                call.step();
            }
            call.hangUp();
            assertEquals(List.of(), call.left(), told(seed, "after " + end + " frames", speech));
            int spoken = call.spokenFrames();
            int voicings = call.voicedCharacters() + call.translatedCharacters();
            call.run(Duration.ZERO);
            assertEquals(List.of(), call.left(), told(seed, "later", speech));
            assertEquals(spoken, call.spokenFrames(), told(seed, "spoken afterwards", speech));
            assertEquals(
                    voicings,
                    call.voicedCharacters() + call.translatedCharacters(),
                    told(seed, "asked afterwards", speech));
        }
    }
}
