package io.sandalphone.harness.fakes.assemblyai;

import io.sandalphone.media.AudioFrame;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Knows what will be said: finds recordings whose words are known in the sound that arrives, by their first third of a second, and
/// tells each word when it has been said. What a service in the cloud would make of them is not told by it; how soon it would is.
/// Hears nothing else.
public final class KnownRecognizer implements Recognizer {
    private static final int PER_MILLI = AudioFrame.TELEPHONE_RATE / 1000;

    /// By so much of its sound a recording is found, which is sought in that much and one frame.
    private static final int ANCHOR = 320 * PER_MILLI;

    private static final int RECENT = ANCHOR + AudioFrame.samples(AudioFrame.TELEPHONE_RATE);

    /// How like it (cosine) what was heard has to be. Measured on the packaged prompts, through a telephone: the same 0.9 and
    /// more, others up to 0.5.
    private static final double SAME = 0.7;

    /// So much of it is looked at first, where it is loudest: what is not alike there is not the same.
    private static final int GLANCE = 40 * PER_MILLI;

    private static final double ALIKE = 0.6;

    private final List<Known> all;

    /// One that knows `recordings`.
    public KnownRecognizer(List<KnownRecording> recordings) {
        all = recordings.stream().map(Known::of).toList();
    }

    /// @param anchor the beginning of its sound, and `at`, the sample of the recording where that stands
    /// @param glance the sample of the anchor from which on it is loudest
    @SuppressWarnings("ArrayRecordComponent")
    private record Known(KnownRecording recording, double[] anchor, int at, int glance) {
        static Known of(KnownRecording recording) {
            int at = Math.toIntExact(recording.words().getFirst().start() * PER_MILLI);
            short[] pcm = recording.pcm();
            var anchor = new double[ANCHOR];
            for (int i = 0; i < ANCHOR && at + i < pcm.length; i++) {
                anchor[i] = emphasized(pcm[at + i], at + i == 0 ? 0 : pcm[at + i - 1]);
            }
            int glance = 0;
            double most = 0;
            for (int from = 0; from + GLANCE <= ANCHOR; from += GLANCE / 2) {
                double energy = dot(anchor, from, anchor, from, GLANCE);
                if (energy > most) {
                    most = energy;
                    glance = from;
                }
            }
            return new Known(recording, anchor, at, glance);
        }

        /// How like a part of its anchor (cosine) the sound is that stands from `from` on, where the anchor would begin.
        double likeness(double[] sound, int from, int part, int length) {
            double own = dot(anchor, part, anchor, part, length);
            double there = dot(sound, from + part, sound, from + part, length);
            // A little of one step of PCM: silence is like nothing.
            return dot(anchor, part, sound, from + part, length)
                    / Math.sqrt(own * (there + length));
        }
    }

    private static double dot(double[] a, int fromA, double[] b, int fromB, int length) {
        double dot = 0;
        for (int i = 0; i < length; i++) {
            dot += a[fromA + i] * b[fromB + i];
        }
        return dot;
    }

    /// Without the low frequencies, so that a sound is like itself at its own place alone.
    private static double emphasized(short sample, short before) {
        return sample - 0.9 * before;
    }

    @Override
    public Recognition open(Listener listener) {
        return new OneSpeaker(listener);
    }

    private final class OneSpeaker implements Recognition {
        private final Listener listener;
        private final double[] recent = new double[RECENT];
        private short last;
        private @Nullable Known playing;

        /// When `playing` began, in milliseconds of the session's audio.
        private long begun;

        private int told;
        private boolean saying;
        private long now;

        OneSpeaker(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void hear(AudioFrame frame) {
            remember(frame.pcm());
            now = frame.millis() + AudioFrame.MILLIS;
            if (playing == null) {
                seek(frame.end());
            }
            if (playing != null) {
                tell(playing.recording().words());
            }
        }

        private void remember(short[] pcm) {
            System.arraycopy(recent, pcm.length, recent, 0, RECENT - pcm.length);
            for (int i = 0; i < pcm.length; i++) {
                recent[RECENT - pcm.length + i] = emphasized(pcm[i], last);
                last = pcm[i];
            }
        }

        /// Whether a recording has begun whose anchor ended in the frame that ends at `position`.
        private void seek(long position) {
            double best = SAME;
            for (Known known : all) {
                for (int from = 1; from + ANCHOR <= RECENT; from++) {
                    if (known.likeness(recent, from, known.glance(), GLANCE) < ALIKE) {
                        continue;
                    }
                    double score = known.likeness(recent, from, 0, ANCHOR);
                    if (score > best) {
                        best = score;
                        playing = known;
                        begun = (position - RECENT + from - known.at()) / PER_MILLI;
                        told = 0;
                        saying = false;
                    }
                }
            }
        }

        private void tell(List<HeardWord> words) {
            while (told < words.size() && words.get(told).start() + begun <= now) {
                HeardWord word = words.get(told);
                var heard =
                        new HeardWord(
                                word.text(),
                                word.language(),
                                word.start() + begun,
                                word.end() + begun);
                if (!saying) {
                    saying = true;
                    listener.begun(heard.until(Math.min(now, heard.end())));
                }
                if (heard.end() > now) {
                    return;
                }
                saying = false;
                told++;
                listener.said(heard);
            }
            if (told == words.size()) {
                playing = null;
            }
        }

        @Override
        public boolean busy() {
            return saying;
        }

        /// What has been said is told already.
        @Override
        public void finish(Runnable done) {
            done.run();
        }

        @Override
        public void close() {
            playing = null;
        }
    }
}
