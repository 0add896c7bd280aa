package io.sandalphone.harness.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class LevelsTest {
    @Test
    void a_sine_of_full_scale_lies_three_decibels_under_the_overload_point() {
        assertEquals(-3.01, Levels.rms(sine(32767, 8000)), 0.01);
    }

    @Test
    void silence_has_a_level_too() {
        assertEquals(Levels.SILENCE, Levels.rms(new short[800]));
        assertEquals(Levels.SILENCE, Levels.rms(new short[0]));
        assertEquals(Levels.SILENCE, Levels.activeSpeech(new short[8000], 8000));
    }

    @Test
    void the_level_of_a_part_knows_nothing_of_the_rest() {
        short[] pcm = Arrays.copyOf(sine(1000, 800), 1600);
        assertEquals(Levels.dbov(1000 / Math.sqrt(2)), Levels.rms(pcm, 0, 800), 0.01);
        assertEquals(Levels.SILENCE, Levels.rms(pcm, 800, 1600));
    }

    @Test
    void an_amplitude_made_from_a_level_measures_as_that_level() {
        assertEquals(-20, Levels.rms(sine(Levels.sineAmplitude(-20), 8000)), 0.01);
    }

    @Test
    void pauses_do_not_lower_the_active_speech_level() {
        short[] pcm = new short[3 * 64_000];
        short[] speech = sine(Levels.sineAmplitude(-26), 32_000);
        for (int start = 0; start < pcm.length; start += 64_000) {
            System.arraycopy(speech, 0, pcm, start, speech.length);
        }
        assertEquals(-29, Levels.rms(pcm), 0.1);
        // The hangover of P.56 counts the first 200 ms of every pause as speech.
        assertEquals(-26, Levels.activeSpeech(pcm, 8000), 0.4);
    }

    @Test
    void the_peak_is_the_largest_deviation_to_either_side() {
        assertEquals(32768, Levels.peak(new short[] {3, Short.MIN_VALUE, 9}));
    }

    private static short[] sine(double amplitude, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * i / 8));
        }
        return pcm;
    }
}
