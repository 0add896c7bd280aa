package io.sandalphone.harness.bench;

import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.harness.recognition.CallEar;
import io.sandalphone.harness.recognition.RecognizedWords;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/// One person who says recordings, one after another, into a telephone: heard by the voice detector, the
/// utterance detector and a recognizer as in a call. Keeps what came of it.
///
/// Frames are given by one thread, answers come on the recognizer's.
final class LocalSpeaker implements AutoCloseable {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final short NOISE = MuLaw.decode((byte) 0xFE);
    private static final long NANOS_PER_SAMPLE = 125_000;

    /// An answered utterance.
    ///
    /// @param speechSeconds how long it was, its pause aside
    /// @param beyondPauseNanos from when its end was known to its words
    /// @param afterSpeechNanos from the end of its speech to its words
    record Answer(double speechSeconds, long beyondPauseNanos, long afterSpeechNanos) {}

    /// A recording that was said, from `start` to `end`, and what was understood of it.
    private record Turn(LocalRecording said, long start, long end, StringBuilder understood) {}

    private record Ended(long start, long end, long noticedNanos) {}

    private final Transcriber transcriber;
    private final TranscriptionRequest request;
    private final List<LocalRecording> recordings;
    private final double talkShare;
    private final SplittableRandom random;
    private final Transcription heard = new Heard();
    private final CallEar ear;
    private final Deque<Ended> unanswered = new ArrayDeque<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final List<Double> firstWords = new ArrayList<>();
    private Transcription transcription;
    private int opened;
    private int refused;
    private boolean lost;
    private long begunNanos;
    private long position;
    private long utteranceStart;
    private boolean worded = true;
    private long silentUntil;
    private short[] saying = {};
    private int said;
    private long talked;

    /// Talks a share of the time that is `talkShare`, or all the time but for short pauses when that is 1.
    LocalSpeaker(
            Transcriber transcriber,
            Language language,
            List<LocalRecording> recordings,
            double talkShare,
            long seed) {
        this.transcriber = transcriber;
        this.recordings = recordings;
        this.talkShare = talkShare;
        random = new SplittableRandom(seed);
        request = new TranscriptionRequest(language, language, List.of(), Usage.UNMETERED);
        ear = new CallEar(language, () -> heard);
        transcription = open();
        silentUntil = random.nextInt(4 * AudioFrame.TELEPHONE_RATE);
    }

    private synchronized Transcription open() {
        opened++;
        return transcriber.open(request, new Words(opened));
    }

    /// The next 20 ms, which end now. With `talks` another recording may begin.
    void step(long nowNanos, boolean talks) {
        if (position == 0) {
            begunNanos = nowNanos - FRAME * NANOS_PER_SAMPLE;
        }
        reopenIfRefused();
        var pcm = new short[FRAME];
        Arrays.fill(pcm, NOISE);
        if (said < saying.length) {
            int length = Math.min(FRAME, saying.length - said);
            System.arraycopy(saying, said, pcm, 0, length);
            said += length;
            talked += length;
        } else if (talks && position >= silentUntil) {
            LocalRecording next = recordings.get(random.nextInt(recordings.size()));
            saying = next.pcm();
            said = 0;
            long end = position + FRAME + saying.length;
            synchronized (this) {
                turns.add(new Turn(next, position, end, new StringBuilder()));
            }
            silentUntil = end + pause(saying.length);
        }
        var frame = new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position);
        position += FRAME;
        ear.hear(frame);
    }

    private long pause(int spoken) {
        int breath = AudioFrame.TELEPHONE_RATE;
        if (talkShare == 1) {
            return breath;
        }
        double mean = spoken * (1 / talkShare - 1);
        return (long) Math.max(breath, mean * (0.5 + random.nextDouble()));
    }

    private synchronized void reopenIfRefused() {
        if (lost) {
            lost = false;
            transcription = open();
        }
    }

    /// Whether nothing is said, and nothing waits for its words.
    synchronized boolean quiet() {
        return said >= saying.length && unanswered.isEmpty() && position > silentUntil;
    }

    /// When what stands at a position was heard.
    private long nanos(long at) {
        return begunNanos + at * NANOS_PER_SAMPLE;
    }

    synchronized List<Answer> answers() {
        return List.copyOf(answers);
    }

    /// How long after their beginning the first words of utterances were known, in seconds.
    synchronized List<Double> firstWords() {
        return List.copyOf(firstWords);
    }

    Language language() {
        return request.language();
    }

    synchronized int refused() {
        return refused;
    }

    /// The share of the time in which a recording sounded.
    double talkShare() {
        return position == 0 ? 0 : (double) talked / position;
    }

    /// Words said in recordings, and of those the wrong ones.
    synchronized RecognizedWords words() {
        RecognizedWords all = new RecognizedWords(0, 0);
        for (Turn turn : turns) {
            all = all.and(RecognizedWords.of(turn.said.text(), turn.understood.toString()));
        }
        return all;
    }

    @Override
    public void close() {
        transcription.close();
        ear.close();
    }

    /// What the ear finds goes to the session there is.
    private final class Heard implements Transcription {
        @Override
        public void hear(AudioFrame frame) {
            transcription.hear(frame);
        }

        @Override
        public void utteranceStarted(long at) {
            synchronized (LocalSpeaker.this) {
                utteranceStart = at;
                worded = false;
            }
            transcription.utteranceStarted(at);
        }

        @Override
        public void utterancePaused(long at) {
            transcription.utterancePaused(at);
        }

        @Override
        public void utteranceEnded(long at) {
            synchronized (LocalSpeaker.this) {
                unanswered.add(new Ended(utteranceStart, at, System.nanoTime()));
            }
            transcription.utteranceEnded(at);
        }

        @Override
        public void close() {
            transcription.close();
        }
    }

    /// What one session says.
    private final class Words implements TranscriptListener {
        private final int session;

        Words(int session) {
            this.session = session;
        }

        @Override
        public void onReady() {}

        @Override
        public void onTranscript(TranscriptEvent event) {
            long now = System.nanoTime();
            synchronized (LocalSpeaker.this) {
                if (session == opened) {
                    ear.heard(event);
                    switch (event) {
                        case TranscriptEvent.Partial partial -> told(partial, now);
                        case TranscriptEvent.Final words -> {
                            understood(words);
                            answered(now);
                        }
                        case TranscriptEvent.Nothing _ -> answered(now);
                    }
                }
            }
        }

        private void told(TranscriptEvent.Partial partial, long now) {
            if (!worded && !partial.stable().isEmpty()) {
                worded = true;
                firstWords.add((now - nanos(partial.start())) / 1e9);
            }
        }

        private void understood(TranscriptEvent.Final words) {
            for (int i = turns.size() - 1; i >= 0; i--) {
                Turn turn = turns.get(i);
                if (words.end() > turn.start) {
                    turn.understood.append(' ').append(words.text());
                    return;
                }
            }
        }

        private void answered(long now) {
            Ended utterance = unanswered.poll();
            if (utterance != null) {
                answers.add(
                        new Answer(
                                (utterance.end - utterance.start) / 8000.0,
                                now - utterance.noticedNanos,
                                now - nanos(utterance.end)));
            }
        }

        @Override
        public void onFailure(SpeechException failure) {
            synchronized (LocalSpeaker.this) {
                if (session == opened) {
                    refused++;
                    unanswered.clear();
                    transcription = CLOSED;
                    lost = true;
                }
            }
        }
    }

    /// Stands for a session that was refused, until the next frame.
    private static final Transcription CLOSED =
            new Transcription() {
                @Override
                public void hear(AudioFrame frame) {}

                @Override
                public void utteranceStarted(long position) {}

                @Override
                public void utteranceEnded(long position) {}

                @Override
                public void close() {}
            };
}
