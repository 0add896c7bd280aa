package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSource;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// What is spoken to one listener, phrase after phrase, each once and in the order in which it was
/// reserved.
///
/// A phrase reserves its place before its sound exists, so that a slow one is never overtaken. Its
/// sound comes in pieces while it plays. Between two phrases that follow each other at once stands a
/// short pause. Runs on the call's loop; holds no thread and reads no clock.
public final class SpeechTrack implements FrameSource {
    /// How much sound a phrase may have; what comes beyond is left out. A translation of the longest
    /// utterance lasts a third of it.
    public static final Duration LONGEST_PHRASE = Duration.ofSeconds(60);

    /// The same in samples.
    public static final int LONGEST_PHRASE_SAMPLES =
            Math.toIntExact(LONGEST_PHRASE.toSeconds()) * AudioFrame.TELEPHONE_RATE;

    /// Frames of silence between two phrases that would otherwise touch.
    static final int PAUSE_FRAMES = 10;

    /// Hears when a phrase starts and ends to sound. Called from [SpeechTrack#poll], and from
    /// [Phrase] when a phrase ends without having sounded.
    public interface Listener {
        /// The first frame of the phrase was handed over.
        void started(Phrase phrase);

        /// The last frame of the phrase was handed over, or it will never sound any more.
        void ended(Phrase phrase);

        /// There is something to poll again, after [SpeechTrack#poll] gave null.
        void ready();
    }

    private final Listener listener;
    private final Deque<Phrase> phrases = new ArrayDeque<>();
    private int pauseLeft;
    // Nobody polls: the next sound has to be announced.
    private boolean idle = true;
    private long position;

    public SpeechTrack(Listener listener) {
        this.listener = listener;
    }

    /// Takes the next place. The phrase must be finished or abandoned in the end.
    public Phrase reserve() {
        var phrase = new Phrase();
        phrases.addLast(phrase);
        return phrase;
    }

    /// How many phrases have a place and have not ended.
    public int waiting() {
        return phrases.size();
    }

    /// Drops everything that has not been handed over.
    public void clear() {
        while (!phrases.isEmpty()) {
            phrases.getFirst().abandon();
        }
        pauseLeft = 0;
    }

    @Override
    public @Nullable AudioFrame poll() {
        if (phrases.isEmpty()) {
            pauseLeft = 0;
            return nothing();
        }
        Phrase phrase = phrases.getFirst();
        if (!phrase.hasFrame()) {
            return nothing();
        }
        if (pauseLeft > 0) {
            pauseLeft--;
            return frame(new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)]);
        }
        AudioFrame frame = frame(phrase.take());
        if (!phrase.started) {
            phrase.started = true;
            listener.started(phrase);
        }
        if (phrase.over()) {
            pauseLeft = PAUSE_FRAMES;
            remove(phrase);
        }
        return frame;
    }

    private @Nullable AudioFrame nothing() {
        idle = true;
        return null;
    }

    private AudioFrame frame(short[] pcm) {
        var frame = new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position);
        position = frame.end();
        return frame;
    }

    private void remove(Phrase phrase) {
        if (phrases.remove(phrase)) {
            listener.ended(phrase);
            announce();
        }
    }

    /// Tells once that polling is worth it again.
    private void announce() {
        if (idle && !phrases.isEmpty() && phrases.getFirst().hasFrame()) {
            idle = false;
            listener.ready();
        }
    }

    /// One phrase's place, and the sound that has come for it so far.
    public final class Phrase {
        private final Deque<short[]> pieces = new ArrayDeque<>();
        private int taken;
        private int available;
        private int appended;
        private boolean complete;
        private boolean abandoned;
        private boolean started;

        private Phrase() {}

        /// More of its sound: 8 kHz mono PCM of any length. Gives whether still more may come; with
        /// false it is as long as a phrase may be, and finished.
        public boolean append(short[] pcm) {
            if (complete) {
                return false;
            }
            int room = LONGEST_PHRASE_SAMPLES - appended;
            short[] piece = pcm.length <= room ? pcm : Arrays.copyOf(pcm, room);
            if (piece.length > 0) {
                pieces.addLast(piece);
                appended += piece.length;
                available += piece.length;
                announce();
            }
            if (appended == LONGEST_PHRASE_SAMPLES) {
                finish();
            }
            return !complete;
        }

        /// All of its sound is there.
        public void finish() {
            if (complete) {
                return;
            }
            complete = true;
            if (over()) {
                remove(this);
            } else {
                announce();
            }
        }

        /// No more of it will be heard.
        public void abandon() {
            complete = true;
            abandoned = true;
            pieces.clear();
            available = 0;
            remove(this);
        }

        /// Whether all of it was handed over.
        public boolean completed() {
            return started && complete && !abandoned;
        }

        private boolean hasFrame() {
            return available >= AudioFrame.samples(AudioFrame.TELEPHONE_RATE)
                    || (complete && available > 0);
        }

        private boolean over() {
            return complete && available == 0;
        }

        /// The next 20 ms; the last is filled up with silence.
        private short[] take() {
            var frame = new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)];
            int filled = 0;
            while (filled < frame.length && !pieces.isEmpty()) {
                short[] piece = pieces.getFirst();
                int count = Math.min(frame.length - filled, piece.length - taken);
                System.arraycopy(piece, taken, frame, filled, count);
                filled += count;
                taken += count;
                if (taken == piece.length) {
                    pieces.removeFirst();
                    taken = 0;
                }
            }
            available -= filled;
            return frame;
        }
    }
}
