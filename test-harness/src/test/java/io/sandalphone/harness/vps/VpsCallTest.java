package io.sandalphone.harness.vps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.measure.SoundTimeline;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;

class VpsCallTest {
    private static final long START = 5_000_000_000L;
    private static final int SAMPLES_PER_MILLI = 8;

    @Test
    void the_translation_begins_with_the_first_sound_after_the_callers_own() {
        SoundTimeline heard = sound(0, 1_000, 3_000, 4_000);
        assertEquals(OptionalLong.of(at(3_000)), VpsCall.audibleFrom(heard, at(1_300)));
    }

    @Test
    void the_callers_own_voice_is_no_translation() {
        assertEquals(OptionalLong.empty(), VpsCall.audibleFrom(sound(0, 1_000, 0, 0), at(1_300)));
    }

    @Test
    void a_crackle_is_no_translation() {
        assertEquals(
                OptionalLong.empty(),
                VpsCall.audibleFrom(sound(0, 1_000, 3_000, 3_100), at(1_300)));
    }

    private static long at(long millis) {
        return START + Duration.ofMillis(millis).toNanos();
    }

    /// Five seconds, loud in two stretches.
    private static SoundTimeline sound(int from, int to, int again, int end) {
        var pcm = new short[5_000 * SAMPLES_PER_MILLI];
        Arrays.fill(pcm, from * SAMPLES_PER_MILLI, to * SAMPLES_PER_MILLI, (short) 8_000);
        Arrays.fill(pcm, again * SAMPLES_PER_MILLI, end * SAMPLES_PER_MILLI, (short) 8_000);
        return new SoundTimeline(START, pcm);
    }
}
