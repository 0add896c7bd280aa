package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SilenceWatchTest {
    private static final short[] SILENCE = new short[160];
    private static final short[] NOISE = noise();

    private final SilenceWatch watch = new SilenceWatch();

    @Test
    void each_second_of_digital_silence_is_looked_into() {
        assertEquals(0, looks(SilenceWatch.EVERY - 1, SILENCE));
        assertEquals(1, looks(1, SILENCE));
        assertEquals(2, looks(2 * SilenceWatch.EVERY, SILENCE));
    }

    @Test
    void the_faintest_sound_ends_the_silence() {
        assertEquals(0, looks(SilenceWatch.EVERY - 1, SILENCE));
        assertEquals(0, looks(1, NOISE));
        assertEquals(0, looks(SilenceWatch.EVERY - 1, SILENCE));
    }

    private int looks(int frames, short[] pcm) {
        int looks = 0;
        for (int i = 0; i < frames; i++) {
            looks += watch.suspicious(pcm) ? 1 : 0;
        }
        return looks;
    }

    private static short[] noise() {
        short[] pcm = new short[160];
        pcm[159] = -8;
        return pcm;
    }
}
