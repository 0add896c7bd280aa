package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.segment.Pause;
import io.sandalphone.speech.segment.Utterance;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Random;

class SpeculationTest extends NumberCall {
    private static final int FIRST_CHARACTERS = 120;

    private Speculation speculation(double translation, double synthesis) {
        return new Speculation(
                new SpeculationSettings(true, translation, synthesis),
                meters.speculation(),
                words -> Optional.of(words.text()),
                new Renderer());
    }

    private final class Renderer implements Speculation.Renderer {
        @Override
        public Rendition committed(String text) {
            return Rendition.begin(
                    dependencies(),
                    loop,
                    new TranslationRequest(text, ENGLISH, SPANISH, List.of(), Usage.UNMETERED));
        }

        @Override
        public Optional<Rendition> ahead(String text) {
            return Optional.of(committed(text));
        }
    }

    private List<String> asked() {
        return tens.asked.stream().map(TranslationRequest::text).toList();
    }

    @Test
    void words_that_stay_are_begun_once() {
        Speculation speculation = speculation(1.6, 1.25);
        speculation.expect("12");
        speculation.expect("12");
        loop.settle();
        speculation.take("12.");
        loop.settle();
        assertEquals(List.of("12"), asked());
    }

    @Test
    void words_are_the_same_but_for_a_full_stop_and_the_first_letter() {
        assertTrue(Speculation.sameWords("where is it", "Where is it."));
        assertFalse(Speculation.sameWords("where is it", "Where is it?"));
        assertFalse(Speculation.sameWords("i live in boston", "I live in Boston."));
        assertFalse(Speculation.sameWords("no", "No..."));
        assertTrue(Speculation.sameWords("", "."));
    }

    @Test
    void nothing_is_begun_where_that_is_not_wanted() {
        var speculation =
                new Speculation(
                        SpeculationSettings.NONE,
                        meters.speculation(),
                        words -> Optional.of(words.text()),
                        new Renderer());
        speculation.expect("12");
        loop.settle();
        assertEquals(List.of(), asked());
    }

    @Test
    void without_a_budget_for_it_nothing_is_voiced_ahead_once_the_first_characters_are_spent() {
        Speculation speculation = speculation(10, 1);
        for (int i = 100; i < 200; i++) {
            speculation.expect(Integer.toString(i));
            loop.settle();
        }
        speculation.drop();
        assertEquals(FIRST_CHARACTERS, meters.speculation().voicedInVain().count());
    }

    @Test
    void what_is_begun_in_vain_stays_within_the_budget_whatever_is_said() {
        for (int seed = 0; seed < 200; seed++) {
            var chance = new Random(seed);
            Speculation speculation = speculation(1.6, 1.25);
            double vainBefore = meters.speculation().translatedInVain().count();
            double voicedBefore = meters.speculation().voicedInVain().count();
            long committed = 0;
            for (int step = 0; step < 200; step++) {
                String text = "0".repeat(chance.nextInt(80)) + "1";
                if (chance.nextInt(3) > 0) {
                    speculation.expect(text);
                } else {
                    committed += text.length();
                    speculation.take(text).cancel();
                }
                loop.settle();
                double vain = meters.speculation().translatedInVain().count() - vainBefore;
                double voiced = meters.speculation().voicedInVain().count() - voicedBefore;
                assertTrue(vain <= FIRST_CHARACTERS + 0.6 * committed, "seed " + seed);
                assertTrue(voiced <= FIRST_CHARACTERS + 0.25 * committed, "seed " + seed);
            }
        }
    }

    private static Optional<Utterance> words(String text, long end) {
        return Optional.of(new Utterance(text, 0, end, Optional.empty()));
    }

    @Test
    void only_words_behind_which_the_speaker_has_paused_are_begun() {
        Speculation speculation = speculation(1.6, 1.25);
        speculation.consider(Pause.NONE, () -> words("12", 1600));
        speculation.consider(Pause.of(1600, 2), () -> words("12", 1600));
        speculation.consider(Pause.of(8000, 10), () -> words("12", 1600));
        loop.settle();
        assertEquals(List.of(), asked());
        speculation.consider(Pause.of(1600, 3), () -> words("12", 1600));
        loop.settle();
        assertEquals(List.of("12"), asked());
    }

    @Test
    void what_was_begun_is_dropped_once_the_speaker_has_said_more() {
        Speculation speculation = speculation(1.6, 1.25);
        speculation.consider(Pause.of(1600, 3), () -> words("12", 1600));
        speculation.consider(Pause.NONE, () -> words("12", 1600));
        assertTrue(speculation.has("12"), "they may have said nothing more yet");
        speculation.consider(Pause.NONE, () -> words("123", 3200));
        assertFalse(speculation.has("12"));
        assertEquals(1, meters.speculation().discarded().count());
    }
}
