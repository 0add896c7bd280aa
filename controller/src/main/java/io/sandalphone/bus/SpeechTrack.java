package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSource;
import io.sandalphone.media.TimeStretch;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// What is spoken to one listener, phrase after phrase, each once and in the order in which it was
/// reserved.
///
/// A phrase reserves its place before its sound exists, so that a slow one is never overtaken. Its
/// sound comes in pieces while it plays. Between two phrases that follow each other at once stands a
/// short pause. All of it can be [spoken faster][#play]. Runs on the call's loop; holds no thread and reads no
/// clock.
public final class SpeechTrack implements FrameSource {
    /// How much sound a phrase may have; what comes beyond is left out. A translation of the longest
    /// utterance lasts a third of it.
    public static final Duration LONGEST_PHRASE = Duration.ofSeconds(60);

    /// The same in samples.
    public static final int LONGEST_PHRASE_SAMPLES =
            Math.toIntExact(LONGEST_PHRASE.toSeconds()) * AudioFrame.TELEPHONE_RATE;

    /// Frames of silence between two phrases that would otherwise touch.
    static final int PAUSE_FRAMES = 6;

    /// As many where something was left out.
    static final int GAP_FRAMES = 30;

    /// As many while pauses are shortened.
    static final int SHORT_PAUSE_FRAMES = 3;

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
    private double pace = 1;
    private boolean shortensPauses;
    private boolean gap;
    private int pauseLeft;
    // Nobody polls: the next sound has to be announced.
    private boolean idle = true;
    private long position;

    public SpeechTrack(Listener listener) {
        this.listener = listener;
    }

    /// Takes the next place. The phrase must be finished or abandoned in the end.
    public Phrase reserve() {
        return reserve(/* repeatable= */ false);
    }

    /// The same; one that is `repeatable` [keeps][Phrase#sound] its sound when it was handed over.
    public Phrase reserve(boolean repeatable) {
        var phrase = new Phrase(repeatable);
        phrases.addLast(phrase);
        return phrase;
    }

    /// How what is handed over from now on is spoken: `pace` seconds of sound in one second, at the pitch of
    /// the voice, from 1 to [TimeStretch#FASTEST], and pauses as they are or shortened.
    public void play(double pace, boolean shortensPauses) {
        this.pace = pace;
        this.shortensPauses = shortensPauses;
    }

    /// Behind the phrase that sounds, or is the next to, stands a longer pause.
    public void leaveGap() {
        gap = true;
    }

    /// All that was handed over has been heard, so that no pause is needed before what comes next.
    void heard() {
        pauseLeft = 0;
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
            gap = false;
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
            pauseLeft = pause();
            remove(phrase);
        }
        return frame;
    }

    private int pause() {
        if (gap) {
            gap = false;
            return GAP_FRAMES;
        }
        return shortensPauses ? SHORT_PAUSE_FRAMES : PAUSE_FRAMES;
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
        private final TimeStretch sound = new TimeStretch();
        private final boolean repeatable;
        private final List<short[]> pieces = new ArrayList<>();
        private int appended;
        private boolean complete;
        private boolean abandoned;
        private boolean started;

        private Phrase(boolean repeatable) {
            this.repeatable = repeatable;
        }

        /// More of its sound: 8 kHz mono PCM of any length. Gives whether still more may come; with
        /// false it is as long as a phrase may be, and finished.
        public boolean append(short[] pcm) {
            if (complete) {
                return false;
            }
            int room = LONGEST_PHRASE_SAMPLES - appended;
            short[] piece = pcm.length <= room ? pcm : Arrays.copyOf(pcm, room);
            if (piece.length > 0) {
                sound.append(piece);
                if (repeatable) {
                    pieces.add(piece);
                }
                appended += piece.length;
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
            sound.clear();
            remove(this);
        }

        /// Whether all of it was handed over.
        public boolean completed() {
            return started && complete && !abandoned;
        }

        /// All of its sound that has come, as it came; of a phrase that is not repeatable none.
        public List<short[]> sound() {
            return List.copyOf(pieces);
        }

        /// How many samples have come for it.
        public int appended() {
            return appended;
        }

        /// How many of those have not been handed over.
        public int left() {
            return sound.left();
        }

        /// Whether no more will come for it.
        public boolean complete() {
            return complete;
        }

        private boolean hasFrame() {
            int left = sound.left();
            return left >= AudioFrame.samples(AudioFrame.TELEPHONE_RATE) || (complete && left > 0);
        }

        /// Whether none of it will be heard any more.
        public boolean over() {
            return complete && sound.left() == 0;
        }

        /// The next 20 ms; the last is filled up with silence.
        private short[] take() {
            var frame = new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)];
            sound.play(pace, shortensPauses);
            sound.take(frame);
            return frame;
        }
    }
}
