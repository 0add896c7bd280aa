package io.sandalphone.media.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Levels are measured with loud tones over half a second, whole periods of each.
class ResamplerTest {
    private static final double LOUD = 16_000;

    private static final List<Supplier<Resampler>> ALL =
            List.of(Upsampler::narrowBand, Upsampler::spectralFolding, Downsampler::new);

    @Test
    void the_telephone_band_passes_up_within_a_hundredth_of_a_decibel() {
        for (int hertz = 100; hertz <= 3400; hertz += 100) {
            var out = Upsampler.narrowBand().resample(Tone.of(hertz, LOUD, 8000, 8000));
            assertEquals(0, level(out, hertz, 16_000), 0.01, hertz + " Hz, in decibels");
        }
    }

    @Test
    void images_above_the_telephone_band_are_at_least_65_decibels_down() {
        for (int hertz = 100; hertz <= 3400; hertz += 100) {
            var out = Upsampler.narrowBand().resample(Tone.of(hertz, LOUD, 8000, 8000));
            double image = level(out, 8000 - hertz, 16_000);
            assertTrue(image < -65, hertz + " Hz has an image of " + image + " dB");
        }
    }

    @Test
    void the_telephone_band_passes_down_within_a_hundredth_of_a_decibel() {
        for (int hertz = 100; hertz <= 3400; hertz += 100) {
            var out = new Downsampler().resample(Tone.of(hertz, LOUD, 16_000, 16_000));
            assertEquals(0, level(out, hertz, 8000), 0.01, hertz + " Hz, in decibels");
        }
    }

    @Test
    void what_would_fold_into_the_telephone_band_is_at_least_65_decibels_down() {
        for (int hertz = 4600; hertz <= 7900; hertz += 100) {
            var out = new Downsampler().resample(Tone.of(hertz, LOUD, 16_000, 16_000));
            double alias = level(out, 8000 - hertz, 8000);
            assertTrue(alias < -65, hertz + " Hz folds at " + alias + " dB");
        }
    }

    @Test
    void spectral_folding_adds_the_mirror_image_at_four_tenths() {
        for (int hertz = 300; hertz <= 3400; hertz += 100) {
            var out = Upsampler.spectralFolding().resample(Tone.of(hertz, LOUD, 8000, 8000));
            assertEquals(0, level(out, hertz, 16_000), 0.02, hertz + " Hz, in decibels");
            assertEquals(
                    Tone.decibels(0.4),
                    level(out, 8000 - hertz, 16_000),
                    0.02,
                    "the image of " + hertz + " Hz, in decibels");
        }
    }

    @Test
    void pieces_of_any_length_join_without_a_seam() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var sound = Tone.of(440, LOUD, 8000, 8000);
        for (var resampler : ALL) {
            var whole = resampler.get().resample(sound);
            var piecewise = new short[whole.length];
            var inPieces = resampler.get();
            int written = 0;
            for (int at = 0; at < sound.length; ) {
                int end = Math.min(sound.length, at + 2 * random.nextInt(1, 200));
                var piece = inPieces.resample(Arrays.copyOfRange(sound, at, end));
                System.arraycopy(piece, 0, piecewise, written, piece.length);
                written += piece.length;
                at = end;
            }
            assertArrayEquals(whole, piecewise, "seed " + seed);
        }
    }

    @Test
    void exactly_two_samples_stand_for_one() {
        assertEquals(320, Upsampler.narrowBand().resample(new short[160]).length);
        assertEquals(160, new Downsampler().resample(new short[320]).length);
    }

    @Test
    void sound_is_delayed_by_less_than_two_milliseconds() {
        short[] click = new short[160];
        click[0] = 10_000;
        assertTrue(loudest(Upsampler.narrowBand().resample(click)) < 2 * 16);
        assertTrue(loudest(new Downsampler().resample(click)) < 2 * 8);
    }

    @Test
    void too_loud_sound_is_clipped_and_does_not_wrap() {
        short[] square = new short[160];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 8 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        var out = Upsampler.spectralFolding().resample(square);
        for (int i = 64; i < out.length; i++) {
            // The samples that fall on those of the input keep their sign.
            if (i % 2 == 0) {
                assertEquals(Integer.signum(square[i / 2 - 15]), Integer.signum(out[i]), "at " + i);
            }
        }
    }

    @Test
    void after_a_reset_nothing_is_left_of_what_came_before() {
        for (var each : ALL) {
            var resampler = each.get();
            resampler.resample(Tone.of(440, LOUD, 8000, 160));
            resampler.reset();
            var out = resampler.resample(new short[160]);
            assertArrayEquals(new short[out.length], out);
        }
    }

    @Test
    void half_a_pair_cannot_be_halved() {
        assertThrows(
                IllegalArgumentException.class, () -> new Downsampler().resample(new short[3]));
    }

    private static double level(short[] out, int hertz, int rate) {
        double amplitude = Tone.amplitude(out, rate / 4, rate / 4 + rate / 2, hertz, rate);
        return Tone.decibels(amplitude / LOUD);
    }

    private static int loudest(short[] pcm) {
        int at = 0;
        for (int i = 0; i < pcm.length; i++) {
            if (Math.abs(pcm[i]) > Math.abs(pcm[at])) {
                at = i;
            }
        }
        return at;
    }
}
