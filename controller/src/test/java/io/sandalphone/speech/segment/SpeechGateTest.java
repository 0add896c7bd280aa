package io.sandalphone.speech.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.Sound;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class SpeechGateTest {
    /// The number of each frame that passed, or minus it when it passed as silence.
    private final List<Integer> passed = new ArrayList<>();

    private final SpeechGate gate =
            new SpeechGate(
                    frame ->
                            passed.add(
                                    (int) (frame.position() / 160)
                                            * (frame.pcm()[0] == 0 ? -1 : 1)));
    private int next = 1;

    private void hear(Sound sound, int frames) {
        for (int i = 0; i < frames; i++) {
            var pcm = new short[160];
            Arrays.fill(pcm, (short) 1);
            gate.accept(new AudioFrame(pcm, 8000, next++ * 160L), sound);
        }
    }

    @Test
    void what_is_no_foreign_sound_passes_at_once() {
        hear(Sound.SILENCE, 2);
        hear(Sound.SPEECH, 2);
        assertEquals(List.of(1, 2, 3, 4), passed);
    }

    @Test
    void a_foreign_sound_passes_as_silence_later_and_nothing_is_missing() {
        hear(Sound.SIGNAL, 40);
        assertEquals(List.of(-1, -2, -3, -4, -5, -6, -7, -8), passed);
        hear(Sound.SILENCE, 32);
        assertEquals(72, passed.size());
        assertEquals(
                List.of(-40, -71, 72), List.of(passed.get(39), passed.get(70), passed.get(71)));
    }

    @Test
    void an_utterance_that_began_in_it_passes_from_its_beginning_on() {
        hear(Sound.MUSIC, 10);
        hear(Sound.SPEECH, 3);
        gate.started(9 * 160L, () -> passed.add(0));
        assertEquals(List.of(-1, -2, -3, -4, -5, -6, -7, -8, 0, 9, 10, 11, 12, 13), passed);
        hear(Sound.MUSIC, 1);
        gate.ended();
        hear(Sound.MUSIC, 1);
        assertEquals(14, passed.getLast());
    }
}
