package io.sandalphone.harness.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.latency.PolicyResult.Percentiles;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;

import java.util.List;

class RealTimeResultTest {
    private static RealTimeResult of(SaidInCall... said) {
        return RealTimeResult.of("sip-sip", "cloud", 1, 0.5, 2, List.of(said));
    }

    private static SaidInCall phrase(List<Long> heard, List<Long> virtual) {
        return new SaidInCall(
                "phrase", 1000, heard, virtual, virtual.stream().map(_ -> 0L).toList());
    }

    @Test
    void delays_count_from_the_end_of_a_phrase_and_spans_from_the_first_word_of_a_clause() {
        RealTimeResult result =
                of(
                        phrase(List.of(1640L, 2900L), List.of(1600L, 2800L)),
                        new SaidInCall(
                                "narration",
                                20_000,
                                List.of(3050L, 7000L),
                                List.of(3000L, 6900L),
                                List.of(0L, 2500L)));

        assertEquals(new Percentiles(640, 640, 640), result.firstSound().real());
        assertEquals(new Percentiles(600, 600, 600), result.firstSound().virtual());
        assertEquals(new Percentiles(1900, 1900, 1900), result.phraseDelay().real());
        assertEquals(new Percentiles(100, 100, 100), result.phraseDelay().later());
        assertEquals(new Percentiles(3050, 4500, 4500), result.earVoiceSpan().real());
        assertEquals(new Percentiles(50, 100, 100), result.earVoiceSpan().later());
        assertEquals(0, result.partedOtherwise());
    }

    @Test
    void what_was_parted_otherwise_is_compared_by_its_first_sound_alone() {
        RealTimeResult result =
                of(
                        phrase(List.of(1640L), List.of(1600L, 2800L)),
                        phrase(List.of(), List.of(1500L)),
                        phrase(List.of(1700L), List.of(1650L)));

        assertEquals(2, result.firstSound().count());
        assertEquals(1, result.phraseDelay().count());
        assertEquals(2, result.partedOtherwise());
    }

    @Test
    void calls_agree_with_virtual_time_up_to_60_ms_either_way_at_the_median() {
        assertTrue(of(phrase(List.of(1660L), List.of(1600L))).phraseDelay().agrees());
        assertTrue(of(phrase(List.of(1540L), List.of(1600L))).phraseDelay().agrees());
        assertFalse(of(phrase(List.of(1661L), List.of(1600L))).phraseDelay().agrees());
        assertFalse(of().phraseDelay().agrees());
        String table = of(phrase(List.of(1661L), List.of(1600L))).table();
        assertTrue(
                table.contains("in calls 661/661/661, virtual 600/600/600, later by 61/61/61"),
                table);
        assertTrue(table.contains("MISSED"), table);
        assertTrue(table.contains("load 0.5 on 2 processors"), table);
    }

    private static SaidInCall.Heard heard(ToneWord tone, long millis) {
        return new SaidInCall.Heard(tone, millis);
    }

    @Test
    void a_tone_that_was_interrupted_begins_no_clause() {
        List<SaidInCall.Heard> tones =
                List.of(
                        heard(ToneWord.V1, 100),
                        heard(ToneWord.V1, 600),
                        heard(ToneWord.V2, 1000),
                        heard(ToneWord.V2, 2000),
                        heard(ToneWord.V3, 3000));

        assertEquals(
                List.of(100L, 1000L, 2000L, 3000L),
                SaidInCall.starts(
                        tones, List.of(ToneWord.V1, ToneWord.V2, ToneWord.V2, ToneWord.V3)));
    }
}
