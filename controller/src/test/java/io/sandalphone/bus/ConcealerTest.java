package io.sandalphone.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcealerTest {
    private final Concealer concealer = new Concealer();

    private static short[] tone(double hertz, int from) {
        var pcm = new short[160];
        for (int i = 0; i < 160; i++) {
            pcm[i] = (short) (10_000 * Math.sin(2 * Math.PI * hertz * (from + i) / 8000));
        }
        return pcm;
    }

    private static double level(short[] pcm) {
        double energy = 0;
        for (short sample : pcm) {
            energy += (double) sample * sample;
        }
        return Math.sqrt(energy / pcm.length);
    }

    /// The largest step from one sample to the next.
    private static int largestStep(short[] before, short[] pcm) {
        int largest = Math.abs(pcm[0] - before[159]);
        for (int i = 1; i < 160; i++) {
            largest = Math.max(largest, Math.abs(pcm[i] - pcm[i - 1]));
        }
        return largest;
    }

    @Test
    void what_comes_passes_as_it_is() {
        short[] pcm = tone(300, 0);
        assertArrayEquals(tone(300, 0), concealer.heard(pcm));
    }

    @ParameterizedTest
    @ValueSource(doubles = {100, 170, 310, 440, 1000})
    void a_tone_goes_on_without_a_step_fades_and_is_joined_again(double hertz) {
        short[] before = new short[160];
        int steepest = 0;
        for (int frame = 0; frame < 5; frame++) {
            short[] pcm = concealer.heard(tone(hertz, frame * 160));
            steepest = frame == 0 ? 0 : Math.max(steepest, largestStep(before, pcm));
            before = pcm;
        }
        double level = level(before);
        for (int frame = 5; frame < 8; frame++) {
            short[] pcm = concealer.conceal();
            int step = largestStep(before, pcm);
            assertTrue(step <= steepest * 1.5 + 200, step + " in frame " + frame);
            assertTrue(level(pcm) < level);
            level = level(pcm);
            before = pcm;
        }
        assertTrue(level < 2_000, "faded to " + level);
        short[] again = concealer.heard(tone(hertz, 8 * 160));
        assertTrue(largestStep(before, again) <= steepest * 1.5 + 200);
        assertArrayEquals(tone(hertz, 9 * 160), concealer.heard(tone(hertz, 9 * 160)));
    }

    @Test
    void lengthened_sound_keeps_its_level() {
        for (int frame = 0; frame < 5; frame++) {
            concealer.heard(tone(200, frame * 160));
        }
        assertEquals(level(tone(200, 0)), level(concealer.lengthen()), 300);
    }

    @Test
    void of_silence_silence_is_made() {
        concealer.heard(new short[160]);
        assertArrayEquals(new short[160], concealer.conceal());
    }
}
