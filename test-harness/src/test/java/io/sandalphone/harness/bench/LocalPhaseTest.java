package io.sandalphone.harness.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.bench.LocalPhase.Delays;
import io.sandalphone.harness.bench.LocalPhase.Given;
import io.sandalphone.harness.bench.LocalPhase.Tried;
import io.sandalphone.harness.recognition.RecognizedWords;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.LongStream;

class LocalPhaseTest {
    private static final Delays NONE = Delays.of(List.of(), LocalSpeaker.Answer::afterSpeechNanos);

    private static Delays upTo(int answers) {
        return Delays.of(
                LongStream.rangeClosed(1, answers)
                        .mapToObj(i -> new LocalSpeaker.Answer(1, 0, i * 1_000_000))
                        .toList(),
                LocalSpeaker.Answer::afterSpeechNanos);
    }

    private static LocalPhase phase(int refused, Delays afterSpeech) {
        var words = new RecognizedWords(0, 0);
        return new LocalPhase(
                1,
                0.5,
                100,
                refused,
                NONE,
                NONE,
                NONE,
                afterSpeech,
                words,
                words,
                0,
                new Tried(0, 0),
                0,
                0,
                new Given(0, 0),
                0,
                0,
                0,
                0);
    }

    @ParameterizedTest
    @CsvSource({
        "'Por favor, intente más tarde.', 'por favor intente mas tarde', 0",
        "All circuits are busy now., All circuits are now busy, 2",
        "one two three, '', 3",
        "uno dos, uno dos tres, 1"
    })
    void words_are_compared_without_accents_case_and_punctuation(
            String said, String understood, int wrong) {
        assertEquals(wrong, RecognizedWords.of(said, understood).wrong());
    }

    @Test
    void of_a_hundred_delays_the_ninety_fifth_is_the_95th_percentile() {
        assertEquals(new Delays(100, 50, 95, 100), upTo(100));
        assertEquals(new Delays(0, 0, 0, 0), NONE);
    }

    @Test
    void calls_are_carried_when_nearly_all_hear_it_in_time_and_nobody_is_refused() {
        assertTrue(phase(0, upTo(100)).carried(150, 245));
        assertFalse(phase(0, upTo(100)).carried(150, 244));
        assertFalse(phase(1, upTo(100)).carried(150, 245));
    }
}
