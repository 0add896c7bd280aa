package io.sandalphone.speech.resilience;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Transcription;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The latest sound of one speaker, with the voice detector's marks, for an engine that takes over:
/// what has been answered with words is not in it any more, and while nobody speaks nothing but that in which
/// an utterance may turn out to have begun. Bounded in time. One thread at a time.
final class ReplayBuffer {
    /// How long the speech may last that a recognizer's last words leave at the end of an utterance:
    /// 0.2 s. The voice detector hears an utterance end a little later than its last word.
    private static final long TAIL = AudioFrame.TELEPHONE_RATE / 5;

    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final long NOT_YET = -1;

    /// What to tell a recognizer, in the order in which it would have been told.
    sealed interface Step {
        record Sound(AudioFrame frame) implements Step {}

        record Started(long position) implements Step {}

        record Ended(long position) implements Step {}

        /// Never part of a replay: a pause is over by then, or an end.
        record Paused(long position) implements Step {}
    }

    /// What a recognizer that takes over is to hear.
    ///
    /// @param from the position from which on it hears
    /// @param missing frames after it that are not remembered any more
    record Replay(List<Step> steps, long from, long missing) {}

    /// An utterance that is not answered. `startTold` and `endTold` are how far sound had been heard
    /// when it was reported.
    private static final class Utterance {
        final long start;
        final long startTold;
        long end = NOT_YET;
        long endTold = NOT_YET;

        Utterance(long start, long startTold) {
            this.start = start;
            this.startTold = startTold;
        }

        boolean answered(long answered) {
            return end != NOT_YET && answered > start && end - TAIL <= answered;
        }
    }

    private final long span;
    private final Deque<AudioFrame> frames = new ArrayDeque<>();
    private final Deque<Utterance> utterances = new ArrayDeque<>();

    /// Where sound began: anywhere, in a call that has gone on for long.
    private long first;

    private long heard;
    private long answered;
    private long settled;
    private long forgotten;

    /// Remembers the latest `frames`.
    ReplayBuffer(int frames) {
        span = (long) frames * FRAME;
    }

    void hear(AudioFrame frame) {
        if (heard == 0) {
            first = frame.position();
        }
        frames.addLast(frame);
        heard = frame.end();
        while (frames.getFirst().position() < heard - span) {
            forgotten = frames.removeFirst().end();
        }
        // What nobody answered for so long was no words, or is too late.
        if (!utterances.isEmpty()) {
            utterances.removeIf(each -> each.end != NOT_YET && each.end <= forgotten);
        }
        long wanted = wanted();
        while (!frames.isEmpty() && frames.getFirst().end() <= wanted) {
            frames.removeFirst();
        }
    }

    void started(long position) {
        utterances.addLast(new Utterance(position, heard));
    }

    void ended(long position) {
        Utterance last = utterances.peekLast();
        if (last != null && last.end == NOT_YET) {
            last.end = position;
            last.endTold = heard;
            utterances.removeIf(each -> each.answered(answered));
        }
    }

    /// What was said until `position` has been answered.
    void answer(long position) {
        answered = Math.max(answered, Math.min(position, heard));
        utterances.removeIf(each -> each.answered(answered));
    }

    /// The words until `position` are known for good, though the utterance is not answered: nobody need
    /// hear them again.
    void settle(long position) {
        settled = Math.max(settled, Math.min(position, heard));
    }

    /// Where the first sound behind `from` lies.
    long soundFrom(long from) {
        return Math.max(from, first);
    }

    /// Whether nobody speaks and all that was said is answered.
    boolean quiet() {
        return utterances.isEmpty();
    }

    /// How many frames are kept.
    int size() {
        return frames.size();
    }

    /// From where on anybody may still have to hear it. Never goes back.
    private long wanted() {
        return Math.max(
                Math.max(answered, settled),
                utterances.isEmpty()
                        ? heard - (long) Transcription.PRE_ROLL_FRAMES * FRAME
                        : utterances.getFirst().start);
    }

    /// Whatever is not answered: from the beginning of the first such utterance, or when there is none,
    /// the sound in which the next one may turn out to have begun.
    Replay replay() {
        long wanted = wanted();
        long from = Math.max(wanted, forgotten);
        Deque<Step> marks = new ArrayDeque<>();
        Deque<Long> places = new ArrayDeque<>();
        for (Utterance each : utterances) {
            marks.addLast(new Step.Started(Math.max(each.start, from)));
            places.addLast(each.startTold);
            if (each.end != NOT_YET) {
                marks.addLast(new Step.Ended(Math.max(each.end, from)));
                places.addLast(each.endTold);
            }
        }
        List<Step> steps = new ArrayList<>();
        for (AudioFrame frame : frames) {
            if (frame.position() >= from) {
                while (!places.isEmpty() && places.getFirst() <= frame.position()) {
                    places.removeFirst();
                    steps.add(marks.removeFirst());
                }
                steps.add(new Step.Sound(frame));
            }
        }
        steps.addAll(marks);
        long missing = utterances.isEmpty() ? 0 : (from - wanted) / FRAME;
        return new Replay(steps, from, missing);
    }
}
