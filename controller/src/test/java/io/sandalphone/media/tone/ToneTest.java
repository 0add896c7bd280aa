package io.sandalphone.media.tone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class ToneTest {
    private static short[] play(Tone tone, int millis) {
        var pcm = new short[millis * 8];
        for (int i = 0; i < millis / 20; i++) {
            System.arraycopy(tone.poll().pcm(), 0, pcm, i * 160, 160);
        }
        return pcm;
    }

    /// How loud a frequency is within a part of the sound, as the amplitude of a sine.
    private static double level(short[] pcm, int fromMillis, int millis, int hertz) {
        double real = 0;
        double imaginary = 0;
        for (int i = fromMillis * 8; i < (fromMillis + millis) * 8; i++) {
            double angle = 2 * Math.PI * hertz * i / 8000;
            real += pcm[i] * Math.cos(angle);
            imaginary += pcm[i] * Math.sin(angle);
        }
        return 2 * Math.hypot(real, imaginary) / (millis * 8);
    }

    @ParameterizedTest
    @CsvSource({
        "US, 440, 2000, 4000",
        "US, 480, 2000, 4000",
        "MX, 425, 1000, 4000",
        "ES, 425, 1500, 3000",
        "DE, 425, 1000, 4000",
        "FR, 440, 1500, 3500",
    })
    void the_ringing_of_a_country_sounds_and_pauses_as_it_does_there(
            String region, int hertz, int on, int off) {
        short[] pcm = play(new Tone(Cadence.ringback(region)), 2 * (on + off));

        for (int round = 0; round < 2; round++) {
            int begin = round * (on + off);
            assertEquals(2560, level(pcm, begin + 100, on - 200, hertz), 60);
            for (int i = (begin + on) * 8; i < (begin + on + off) * 8; i++) {
                assertEquals(0, pcm[i]);
            }
        }
    }

    @Test
    void two_rings_of_great_britain_are_a_pair() {
        short[] pcm = play(new Tone(Cadence.ringback("GB")), 3000);

        assertTrue(level(pcm, 100, 200, 400) > 2000);
        assertTrue(level(pcm, 450, 100, 400) < 100);
        assertTrue(level(pcm, 700, 200, 450) > 2000);
        assertTrue(level(pcm, 1100, 1800, 400) < 100);
    }

    @Test
    void a_busy_line_sounds_otherwise() {
        short[] pcm = play(new Tone(Cadence.busy("US")), 1000);

        assertTrue(level(pcm, 100, 300, 620) > 2000);
        assertTrue(level(pcm, 100, 300, 440) < 200);
        assertTrue(level(pcm, 600, 300, 620) < 100);
    }

    @Test
    void its_edges_do_not_click() {
        short[] pcm = play(new Tone(Cadence.ringback("MX")), 5000);

        for (int i = 1; i < 8; i++) {
            assertTrue(Math.abs(pcm[i] - pcm[i - 1]) < 450, "at " + i);
        }
    }

    @Test
    void frames_follow_each_other() {
        var tone = new Tone(Cadence.ringback("US"));

        assertEquals(0, tone.poll().position());
        assertEquals(160, tone.poll().position());
    }

    @Test
    void a_cadence_that_cannot_be_played_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Cadence(List.of(), List.of(1, 1)));
        assertThrows(IllegalArgumentException.class, () -> new Cadence(List.of(425), List.of(1)));
    }
}
