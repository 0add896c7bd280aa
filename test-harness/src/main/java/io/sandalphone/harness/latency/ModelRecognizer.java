package io.sandalphone.harness.latency;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A streaming recognizer with immutable words, which hears what it is told that it will hear, when that is said. A word is told
/// some time after its end; the newest one may still be corrected; a word is final when the next one is told or a pause
/// follows it; and a turn ends by silence, or where the voice detector finds an end. Its last word is final by then.
///
/// Hears one speaker. Runs on the loop.
final class ModelRecognizer implements Transcriber {
    private final Loop loop;
    private final Profile profile;
    private final Chance chance;
    private final List<HeardWords.Word> script;

    ModelRecognizer(Loop loop, Profile profile, Chance chance, List<HeardWords.Word> script) {
        this.loop = loop;
        this.profile = profile;
        this.chance = chance;
        this.script = List.copyOf(script);
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public boolean understands(Language language) {
        return true;
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        loop.execute(listener::onReady);
        return new Listening(listener);
    }

    private final class Listening extends ModelledListening {
        private final TranscriptListener listener;

        /// How many words of those that were heard were told.
        private int told;

        /// Before which word the turn that goes on begins, and before which words it will have ended.
        private int turn;

        private int ending;

        /// How many words are final, and how many are told as they stay.
        private int settled;

        private int corrected;

        /// Behind how many words a pause was noticed, and the silence that ends a turn.
        private int paused;

        private int silent;

        private long toldNanos;

        Listening(TranscriptListener listener) {
            super(loop);
            this.listener = listener;
        }

        @Override
        protected int words() {
            return script.size();
        }

        @Override
        protected long end(int word) {
            return script.get(word).end();
        }

        @Override
        public void hear(AudioFrame frame) {
            super.hear(frame);
            int heard = heard();
            if (heard == 0 || speaking(frame.end())) {
                return;
            }
            HeardWords.Word last = script.get(heard - 1);
            long silence = HeardWords.millis(frame.end() - last.end());
            if (paused < heard && silence >= profile.pauseMs()) {
                paused = heard;
                int words = heard;
                at(settledNanos("pause"), () -> settle(words));
            }
            if (silent < heard
                    && silence
                            >= (last.endsSentence()
                                    ? profile.confidentSilenceMs()
                                    : profile.silenceMs())) {
                silent = heard;
                end("silence", heard);
            }
        }

        /// Whether the next word has begun at `position`.
        private boolean speaking(long position) {
            return heard() < words() && script.get(heard()).start() < position;
        }

        @Override
        protected void heardNext() {
            int words = heard();
            HeardWords.Word word = script.get(words - 1);
            toldNanos = Math.max(toldNanos, loop.nanoTime() + millis(word.delayMs()).toNanos());
            at(toldNanos, () -> tell(words));
            if (word.correctionMs() > 0) {
                at(toldNanos + millis(word.correctionMs()).toNanos(), () -> correct(words));
            }
        }

        @Override
        public void utteranceStarted(long position) {}

        @Override
        public void utteranceEnded(long position) {
            int words = 0;
            while (words < heard() && script.get(words).end() <= position) {
                words++;
            }
            end("mark", words);
        }

        /// Ends the turn behind so many words as soon as that can be told.
        private void end(String why, int words) {
            if (words > ending) {
                ending = words;
                at(settledNanos(why), () -> ended(words));
            }
        }

        /// When what a silence says of the newest word can be told: behind the word itself.
        private long settledNanos(String why) {
            long drawn = profile.end().draw(chance.of(why, heard()));
            return Math.max(toldNanos, loop.nanoTime() + millis(drawn).toNanos());
        }

        private void tell(int words) {
            told = words;
            settled = Math.max(settled, words - 1);
            corrected = Math.max(corrected, words - 1);
            partial();
        }

        private void correct(int words) {
            if (words > corrected && words > turn) {
                corrected = words;
                partial();
            }
        }

        private void settle(int words) {
            if (words > settled && words > turn) {
                settled = words;
                corrected = words;
                partial();
            }
        }

        private void ended(int words) {
            if (words <= turn) {
                return;
            }
            List<HeardWords.Word> all = script.subList(turn, words);
            turn = words;
            settled = Math.max(settled, words);
            corrected = Math.max(corrected, words);
            listener.onTranscript(
                    new TranscriptEvent.Final(
                            all.stream()
                                    .map(HeardWords.Word::written)
                                    .collect(Collectors.joining(" ")),
                            all.getFirst().start(),
                            all.getLast().end(),
                            Optional.empty()));
            if (told > turn) {
                partial();
            }
        }

        private void partial() {
            List<TranscriptEvent.Word> words = new ArrayList<>();
            List<TranscriptEvent.Word> newest = new ArrayList<>();
            for (int i = turn; i < told; i++) {
                HeardWords.Word word = script.get(i);
                boolean stays = i < corrected || word.correctionMs() == 0;
                (i < settled ? words : newest)
                        .add(
                                new TranscriptEvent.Word(
                                        stays ? word.settled() : word.first(),
                                        word.start(),
                                        word.end()));
            }
            listener.onTranscript(
                    new TranscriptEvent.Partial(
                            words,
                            newest,
                            "",
                            "",
                            script.get(turn).start(),
                            script.get(told - 1).end()));
        }

        private void at(long nanos, Runnable event) {
            after(Duration.ofNanos(Math.max(0, nanos - loop.nanoTime())), event);
        }

        private static Duration millis(long millis) {
            return Duration.ofMillis(millis);
        }
    }
}
