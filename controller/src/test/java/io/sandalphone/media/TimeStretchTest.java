package io.sandalphone.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Random;

class TimeStretchTest {
    private static final int RATE = AudioFrame.TELEPHONE_RATE;

    private final TimeStretch stretch = new TimeStretch();

    /// A voice: the harmonics of `hertz` below 3 kHz, each weaker than the one before.
    private static short[] voice(double hertz, double seconds, int loudest) {
        var pcm = new double[(int) (RATE * seconds)];
        for (int harmonic = 1; harmonic * hertz < 3000; harmonic++) {
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] += Math.cos(2 * Math.PI * harmonic * hertz * i / RATE) / harmonic;
            }
        }
        double top = Arrays.stream(pcm).map(Math::abs).max().orElseThrow();
        var samples = new short[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            samples[i] = (short) Math.round(pcm[i] / top * loudest);
        }
        return samples;
    }

    private static short[] join(short[]... parts) {
        var whole = new short[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    private short[] played(short[] pcm, double pace, boolean shortensPauses) {
        stretch.play(pace, shortensPauses);
        stretch.append(pcm);
        return rest();
    }

    private short[] rest() {
        var out = new short[stretch.left()];
        var frame = new short[160];
        int filled = 0;
        while (stretch.left() > 0) {
            int count = stretch.take(frame);
            System.arraycopy(frame, 0, out, filled, count);
            filled += count;
        }
        return Arrays.copyOf(out, filled);
    }

    /// The frequency of the voice in `pcm`, near `near`, from how far it has to be moved to be like
    /// itself again many periods later.
    private static double pitch(short[] pcm, double near) {
        int periods = 8;
        double best = -1;
        int at = 0;
        int middle = (int) Math.round(periods * RATE / near);
        for (int lag = middle * 24 / 25; lag <= middle * 26 / 25; lag++) {
            double sum = 0;
            for (int i = 1000; i + lag < Math.min(pcm.length, 12_000); i++) {
                sum += (double) pcm[i] * pcm[i + lag];
            }
            if (sum > best) {
                best = sum;
                at = lag;
            }
        }
        return (double) periods * RATE / at;
    }

    @Test
    void at_a_pace_of_1_every_sample_is_played_as_it_came() {
        short[] pcm = voice(123, 1, 9000);
        assertArrayEquals(pcm, played(pcm, 1, false));
    }

    @ParameterizedTest
    @CsvSource({
        "1.08, 85",
        "1.08, 130",
        "1.08, 230",
        "1.15, 85",
        "1.15, 130",
        "1.15, 230",
        "1.25, 85",
        "1.25, 130",
        "1.25, 230",
        "1.5, 85",
        "1.5, 130",
        "1.5, 230"
    })
    void a_voice_is_played_in_less_time_at_its_own_pitch(double pace, double hertz) {
        short[] pcm = voice(hertz, 2, 9000);
        double before = pitch(pcm, hertz);
        short[] played = played(pcm, pace, false);
        assertEquals(pace, (double) pcm.length / played.length, 0.02);
        double cents = 1200 / Math.log(2) * Math.log(pitch(played, hertz) / before);
        assertEquals(0, cents, 10, "cents from its pitch");
    }

    @ParameterizedTest
    @ValueSource(doubles = {85, 130, 230})
    void nothing_clicks_where_a_period_was_left_out(double hertz) {
        short[] pcm = voice(hertz, 2, 9000);
        double steepest = steepest(pcm);
        assertTrue(steepest(played(pcm, 1.25, false)) <= 1.05 * steepest);
    }

    private static double steepest(short[] pcm) {
        double steepest = 0;
        for (int i = 1; i < pcm.length; i++) {
            steepest = Math.max(steepest, Math.abs(pcm[i] - pcm[i - 1]));
        }
        return steepest;
    }

    @Test
    void noise_is_played_faster_too_and_no_louder() {
        var random = new Random(12);
        var pcm = new short[2 * RATE];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (random.nextGaussian() * 2000);
        }
        short[] played = played(pcm, 1.25, false);
        assertEquals(1.25, (double) pcm.length / played.length, 0.03);
        assertEquals(level(pcm), level(played), 1, "dB");
    }

    private static double level(short[] pcm) {
        double power = 0;
        for (short sample : pcm) {
            power += (double) sample * sample;
        }
        return 10 * Math.log10(power / pcm.length);
    }

    @Test
    void of_a_long_pause_a_short_one_is_played_and_all_that_is_around_it() {
        short[] first = voice(130, 0.5, 9000);
        short[] second = voice(230, 0.5, 9000);
        short[] played = played(join(first, new short[RATE / 2], second), 1, true);
        assertEquals(1160, played.length * 1000.0 / RATE, 25, "ms, of 1500");
        assertArrayEquals(first, Arrays.copyOf(played, first.length));
        assertArrayEquals(
                second, Arrays.copyOfRange(played, played.length - second.length, played.length));
    }

    @Test
    void a_short_pause_is_left_as_it_is() {
        short[] pcm = join(voice(130, 0.5, 9000), new short[RATE / 10], voice(230, 0.5, 9000));
        assertArrayEquals(pcm, played(pcm, 1, true));
    }

    @Test
    void it_waits_for_nothing_that_has_not_come() {
        stretch.play(1.25, true);
        var frame = new short[160];
        for (int i = 0; i < 20; i++) {
            stretch.append(voice(130, 0.02, 9000));
            assertEquals(160, stretch.take(frame), "frame " + i);
            assertEquals(0, stretch.left());
        }
    }

    @Test
    void a_frame_is_full_wherever_there_is_as_much_left() {
        var random = new Random(5);
        for (int round = 0; round < 200; round++) {
            short[] pcm = join(voice(80 + random.nextInt(200), 0.2, 9000), new short[2000]);
            int fed = 0;
            while (fed < pcm.length || stretch.left() > 0) {
                stretch.play(1 + random.nextInt(51) / 100.0, random.nextBoolean());
                int part = Math.min(random.nextInt(700), pcm.length - fed);
                stretch.append(Arrays.copyOfRange(pcm, fed, fed + part));
                fed += part;
                int most = Math.min(160, stretch.left());
                assertEquals(most, stretch.take(new short[160]));
            }
        }
    }

    @Test
    void what_is_cleared_is_not_played() {
        stretch.play(1.25, false);
        stretch.append(voice(130, 1, 9000));
        stretch.take(new short[160]);
        stretch.clear();
        assertEquals(0, stretch.left());
        assertEquals(0, stretch.take(new short[160]));
    }

    @Test
    void a_pace_that_is_none_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> stretch.play(0.9, false));
        assertThrows(IllegalArgumentException.class, () -> stretch.play(1.6, false));
        assertThrows(IllegalArgumentException.class, () -> stretch.play(Double.NaN, false));
    }
}
