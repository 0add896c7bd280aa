package io.sandalphone.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.SpeechLevel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoudnessMatchTest {
    private final SpeechLevel voice = new SpeechLevel();

    private static short[] hum(int frame, double dBov) {
        var pcm = new short[160];
        double top = 32_768 * Math.pow(10, dBov / 20) * Math.sqrt(2);
        for (int i = 0; i < pcm.length; i++) {
            double sample = top * Math.sin(2 * Math.PI * 210 * (frame * 160 + i) / 8_000);
            pcm[i] = (short) Math.clamp(Math.round(sample), -32_768, 32_767);
        }
        return pcm;
    }

    private void speaks(double dBov) {
        for (int i = 0; i < 100; i++) {
            voice.hear(hum(i, dBov));
            voice.hear(new short[160]);
        }
    }

    /// After two seconds of a translation that loud.
    private static SpeechLevel after(LoudnessMatch match, double dBov) {
        var level = new SpeechLevel();
        for (int i = 0; i < 150; i++) {
            AudioFrame frame = match.apply(new AudioFrame(hum(i, dBov), 8_000, 0));
            if (i >= 100) {
                level.hear(frame.pcm());
            }
        }
        return level;
    }

    @ParameterizedTest
    @CsvSource({"-30, -20, -30", "-20, -20, -20", "-14, -20, -14", "-45, -20, -32", "-6, -30, -18"})
    void a_translation_becomes_as_loud_as_the_voice_within_the_limit(
            double said, double made, double heard) {
        speaks(said);
        assertEquals(heard, after(new LoudnessMatch(voice, 12), made).decibels(), 0.3);
    }

    @ParameterizedTest
    @CsvSource({"6, -14", "-6, -26", "-12, -32"})
    void a_listener_has_it_louder_or_softer_than_that(double balance, double heard) {
        speaks(-20);
        for (double limit : new double[] {0, 12}) {
            var match = new LoudnessMatch(voice, limit);
            match.balance(balance);
            assertEquals(heard, after(match, -20).decibels(), 0.3, "within " + limit);
        }
    }

    @Test
    void nothing_changes_while_nobody_has_spoken_or_where_it_is_not_wanted() {
        assertEquals(-20, after(new LoudnessMatch(voice, 12), -20).decibels(), 0.1);
        speaks(-30);
        var frame = new AudioFrame(hum(0, -20), 8_000, 0);
        assertSame(frame, new LoudnessMatch(voice, 0).apply(frame));
    }

    @Test
    void the_level_moves_without_a_step_and_nothing_is_cut_off() {
        speaks(-4);
        var match = new LoudnessMatch(voice, 12);
        int before = 0;
        double steepest = 0;
        int top = 0;
        for (int i = 0; i < 150; i++) {
            for (short sample : match.apply(new AudioFrame(hum(i, -12), 8_000, 0)).pcm()) {
                steepest = Math.max(steepest, Math.abs(sample - before));
                top = Math.max(top, Math.abs(sample));
                before = sample;
            }
        }
        assertTrue(top > 25_000 && top < 32_767, top + " is the greatest sample");
        assertTrue(
                steepest < 30_000 * 2 * Math.PI * 210 / 8_000, steepest + " from one to the next");
    }
}
