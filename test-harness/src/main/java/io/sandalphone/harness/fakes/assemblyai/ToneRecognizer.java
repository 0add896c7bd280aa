package io.sandalphone.harness.fakes.assemblyai;

import io.sandalphone.harness.tone.ToneEar;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.media.AudioFrame;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/// Hears tones as words, of both languages at once.
public final class ToneRecognizer implements Recognizer {
    private final Set<ToneWord> hums;

    /// Each tone is a word.
    public ToneRecognizer() {
        this(Set.of());
    }

    private ToneRecognizer(Set<ToneWord> hums) {
        this.hums = hums;
    }

    /// Each tone is a word but `hum`, which is a [HeardWord#hum].
    public static ToneRecognizer withHum(ToneWord hum) {
        return new ToneRecognizer(Set.of(hum));
    }

    @Override
    public Recognition open(Listener listener) {
        return new OneSpeaker(listener, hums);
    }

    private static final class OneSpeaker implements Recognition {
        private static final long GUESSED_EVERY_MILLIS = 500;

        private final Listener listener;
        private final Set<ToneWord> hums;
        private final ToneEar ear = new ToneEar(List.of(ToneWord.values()));
        private @Nullable HeardWord sounding;
        private long guessedMillis;

        OneSpeaker(Listener listener, Set<ToneWord> hums) {
            this.listener = listener;
            this.hums = hums;
        }

        @Override
        public void hear(AudioFrame frame) {
            boolean begun = ear.hear(frame);
            HeardWord word = sounding;
            if (word != null && (begun || !ear.sounding())) {
                sounding = null;
                listener.said(word);
            } else if (word != null) {
                goOn(word.until(millis(frame)));
            }
            if (begun) {
                begin(ear.words().getLast(), frame);
            }
        }

        private void goOn(HeardWord word) {
            sounding = word;
            if (word.end() - guessedMillis >= GUESSED_EVERY_MILLIS) {
                guessedMillis = word.end();
                listener.goesOn(word);
            }
        }

        private void begin(ToneWord tone, AudioFrame frame) {
            long start = millis(frame) - (long) ToneEar.FRAMES_OF_A_WORD * AudioFrame.MILLIS;
            HeardWord word =
                    hums.contains(tone)
                            ? HeardWord.hum(start, millis(frame))
                            : new HeardWord(
                                    tone.text(), tone.language().base(), start, millis(frame));
            sounding = word;
            guessedMillis = word.end();
            listener.begun(word);
        }

        private static long millis(AudioFrame frame) {
            return frame.millis() + AudioFrame.MILLIS;
        }

        @Override
        public boolean busy() {
            return sounding != null;
        }

        @Override
        public void finish(Runnable done) {
            HeardWord word = sounding;
            sounding = null;
            ear.endUtterance();
            if (word != null) {
                listener.said(word);
            }
            done.run();
        }

        @Override
        public void close() {
            sounding = null;
        }
    }
}
