package io.sandalphone.speech.resilience;

import io.sandalphone.media.AudioFrame;

import java.util.ArrayDeque;
import java.util.Deque;

/// Watches over what one speaker says until it is answered, and judges whether the engine that listens
/// has stalled. Knows no clock and no thread.
///
/// From a recognizer, words must come now and then while somebody speaks, and an answer after it. But
/// what a voice detector takes for speech may hold no words: what was heard twice and not answered is
/// given up. From a direct interpreter an answer must come, and then go on.
final class AnswerWatch {
    /// What is to be done.
    sealed interface Verdict {
        /// Nothing, as yet.
        record Wait() implements Verdict {}

        /// The engine has stopped answering: what is not answered is to be heard by another session.
        record Stalled() implements Verdict {}

        /// The utterance is not waited for any longer.
        record GivenUp(long start, long end) implements Verdict {}
    }

    /// How long after the last word, in samples, the voice detector may still hear speech: 0.3 s.
    static final long TAIL = AudioFrame.TELEPHONE_RATE * 3L / 10;

    /// So many utterances are not answered only by an engine that is never given up.
    private static final int MOST = 64;

    private static final Verdict WAIT = new Verdict.Wait();
    private static final Verdict STALLED = new Verdict.Stalled();
    private static final long NOT_YET = Long.MAX_VALUE;
    private static final long NANOS_PER_SAMPLE = 1_000_000_000L / AudioFrame.TELEPHONE_RATE;

    /// What is not answered, in its order; only the last may be going on.
    private final Deque<Utterance> utterances = new ArrayDeque<>();

    private long answeredUntil = Long.MIN_VALUE;

    /// Speech as the voice detector saw it, in the call's positions.
    private static final class Utterance {
        final long start;
        long end = NOT_YET;

        /// Since when its next words, or after its end its answer, are waited for.
        long since;

        boolean heardTwice;

        Utterance(long start, long now) {
            this.start = start;
            since = now;
        }

        boolean goesOn() {
            return end == NOT_YET;
        }
    }

    /// The voice detector found that speech began at `position`.
    void started(long position, long now) {
        utterances.addLast(new Utterance(position, now));
        if (utterances.size() > MOST) {
            utterances.removeFirst();
        }
    }

    /// The voice detector found that it ended at `position`.
    void ended(long position, long now) {
        Utterance last = utterances.peekLast();
        if (last == null || !last.goesOn()) {
            return;
        }
        if (answeredUntil >= position - TAIL) {
            // The engine saw its end first.
            utterances.removeLast();
        } else {
            last.end = position;
            last.since = now;
        }
    }

    /// The engine told words of what goes on, or that there are none as yet, from `start` to `end`. As it
    /// tells everything in order, it has nothing to say of what was before.
    void told(long start, long end, long now) {
        while (!utterances.isEmpty() && utterances.getFirst().end <= start) {
            utterances.remove();
        }
        goesOn(end, now);
    }

    /// What was said until `end` is answered.
    void answered(long end, long now) {
        answeredUntil = Math.max(answeredUntil, end);
        while (!utterances.isEmpty()
                && !utterances.getFirst().goesOn()
                && utterances.getFirst().start < end) {
            utterances.remove();
        }
        goesOn(end, now);
    }

    /// The engine speaks: whatever it owes beside that, it owes from now on.
    void spoke(long now) {
        utterances.forEach(each -> each.since = now);
    }

    /// Words that reach into the utterance that goes on are words of it.
    private void goesOn(long end, long now) {
        Utterance last = utterances.peekLast();
        if (last != null && last.goesOn() && end > last.start) {
            last.heardTwice = false;
            last.since = now;
        }
    }

    /// An engine begins to listen, to what lies behind `from`; and no faster than it was said.
    void begun(long from, long now) {
        for (Utterance each : utterances) {
            long wanted = each.goesOn() ? each.start : each.end;
            each.since = now + Math.max(0, wanted - from) * NANOS_PER_SAMPLE;
        }
    }

    /// Whether what is waited for longest has been waited for too long, for an engine met with
    /// `deadlines`.
    Verdict judge(Deadlines deadlines, long now) {
        Utterance first = utterances.peek();
        if (first == null) {
            return WAIT;
        }
        long timeout = (first.goesOn() ? deadlines.words() : deadlines.answer()).toNanos();
        if (now - first.since <= timeout) {
            return WAIT;
        }
        if (!first.heardTwice) {
            if (deadlines.hearsAgain()) {
                utterances.forEach(each -> each.heardTwice = true);
            }
            return STALLED;
        }
        if (first.goesOn()) {
            first.since = now;
            return WAIT;
        }
        utterances.remove();
        answeredUntil = Math.max(answeredUntil, first.end);
        return new Verdict.GivenUp(first.start, first.end);
    }
}
