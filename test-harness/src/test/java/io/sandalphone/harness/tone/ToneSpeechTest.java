package io.sandalphone.harness.tone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.measure.Levels;
import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.WebRtcVoiceDetector;
import io.sandalphone.media.vad.WebRtcVoiceDetector.Mode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Arrays;

class ToneSpeechTest {
    @Test
    void speech_lasts_as_long_as_its_words_and_pauses() {
        short[] pcm = ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W2);
        assertEquals(Duration.ofMillis(640), ToneSpeech.USUAL.lasting(2));
        assertEquals(640 * 8, pcm.length);
        assertEquals(0, Levels.peak(Arrays.copyOfRange(pcm, 240 * 8, 320 * 8)));
    }

    @Test
    void a_voice_that_could_not_be_understood_is_refused() {
        ToneSpeech usual = ToneSpeech.USUAL;
        assertThrows(IllegalArgumentException.class, () -> usual.withWord(Duration.ofMillis(59)));
        assertThrows(IllegalArgumentException.class, () -> usual.withLevel(-19));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ToneSpeech(usual.word(), Duration.ofMillis(30), usual.level()));
    }

    @ParameterizedTest
    @EnumSource(names = "VERY_AGGRESSIVE", mode = EnumSource.Mode.EXCLUDE)
    void every_word_passes_for_speech_from_begin_to_end(Mode mode) {
        for (double level : new double[] {-20, -23, -26}) {
            for (ToneWord word : ToneWord.values()) {
                ToneSpeech voice = ToneSpeech.USUAL.withLevel(level);
                short[] pcm = new short[8000 * 2];
                short[] said = voice.render(word, word, word);
                System.arraycopy(said, 0, pcm, 8000, said.length);
                boolean[] speech = detect(MuLaw.decode(MuLaw.encode(pcm)), mode);
                int last = 50 + (said.length - 640) / 160;
                for (int frame = 50 + 2; frame < last; frame++) {
                    assertTrue(speech[frame], word + " at " + level + " dBov, frame " + frame);
                }
            }
        }
    }

    private static boolean[] detect(short[] pcm, Mode mode) {
        boolean[] speech = new boolean[pcm.length / 160];
        try (var detector = WebRtcVoiceDetector.open(mode)) {
            for (int i = 0; i < speech.length; i++) {
                short[] frame = Arrays.copyOfRange(pcm, i * 160, (i + 1) * 160);
                speech[i] = detector.speech(new AudioFrame(frame, 8000, i * 160L));
            }
        }
        return speech;
    }
}
