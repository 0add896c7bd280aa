package io.sandalphone.speech.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.SpeechLevel;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class SoundFallTest {
    private static final int SAMPLES = AudioFrame.TELEPHONE_RATE * AudioFrame.MILLIS / 1000;

    private final SpeechLevel level = new SpeechLevel();
    private final SoundFall fall = new SoundFall();
    private long position;

    @Test
    void speech_ends_where_its_sound_falls() {
        voice(20);
        long fell = position;
        frames(8, 100);

        assertEquals(fell, fall.before(position));
    }

    @Test
    void a_sound_that_only_becomes_softer_is_speech() {
        voice(20);
        frames(8, 300);

        assertEquals(position, fall.before(position));
    }

    @Test
    void a_last_soft_word_is_behind_the_fall() {
        voice(20);
        frames(8, 100);
        frames(4, 400);
        long fell = position;
        frames(3, 100);

        assertEquals(fell, fall.before(position));
    }

    @Test
    void what_is_faint_for_longer_than_a_detector_is_late_was_spoken() {
        voice(20);
        frames(40, 100);

        assertEquals(position - 15 * SAMPLES, fall.before(position));
    }

    @Test
    void a_click_in_the_pause_does_not_move_its_beginning() {
        voice(20);
        long fell = position;
        frames(8, 100);
        long end = position;
        fall.before(end);
        frames(1, 2000);

        assertEquals(fell, fall.before(end));
    }

    @Test
    void a_sound_that_went_on_is_not_before_the_end() {
        voice(20);
        long end = position;
        frames(8, 100);

        assertEquals(end, fall.before(end));
    }

    @Test
    void nothing_is_faint_before_the_voice_is_known() {
        voice(9);
        frames(8, 100);

        assertEquals(position, fall.before(position));
    }

    /// Of 1000, 18 dB less is 126.
    private void voice(int frames) {
        for (int i = 0; i < frames; i++) {
            level.hear(sound(1000));
            frames(1, 1000);
        }
    }

    private void frames(int frames, int amplitude) {
        for (int i = 0; i < frames; i++) {
            short[] pcm = sound(amplitude);
            fall.hear(
                    new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position),
                    level.faint(SpeechLevel.power(pcm)));
            position += SAMPLES;
        }
    }

    private static short[] sound(int amplitude) {
        short[] pcm = new short[SAMPLES];
        Arrays.fill(pcm, (short) amplitude);
        return pcm;
    }
}
