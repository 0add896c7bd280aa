package io.sandalphone.providers.assemblyai;

import io.sandalphone.media.AudioFrame;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;

/// Watches over what one speaker says until the service has told it, and judges whether it answers.
/// Knows no clock and no thread.
///
/// While somebody speaks, words must come now and then; after an utterance, the end of its turn. That a
/// session gives signs of life says nothing of its ears: heartbeats go on while words are late. But
/// what a voice detector takes for speech may hold no words, so a service that says it hears no speech
/// is believed, and what two sessions did not answer is given up.
final class AnswerWatch {
    /// What is to be done.
    sealed interface Verdict {
        /// Nothing, as yet.
        record Wait() implements Verdict {}

        /// The service has stopped answering: another session is to hear what is not answered.
        record Stalled() implements Verdict {}

        /// The utterance is not waited for any longer.
        record GivenUp(long start, long end) implements Verdict {}
    }

    /// Below this probability no model of the service takes sound for speech: the lowest of their
    /// defaults for `vad_threshold`.
    private static final double SPEECH = 0.3;

    /// A heartbeat tells of the seconds before it. One that comes so soon after speech began tells
    /// nothing of it.
    private static final long TOO_SOON = Duration.ofMillis(500).toNanos();

    /// How long after the last word, in samples, the voice detector may still hear speech.
    static final long TAIL = AudioFrame.TELEPHONE_RATE * 3L / 10;

    private static final Verdict WAIT = new Verdict.Wait();
    private static final long NOT_YET = Long.MAX_VALUE;

    private final long timeout;

    /// What is not answered, in its order; only the last may be going on.
    private final Deque<Utterance> utterances = new ArrayDeque<>();

    private long answeredUntil = Long.MIN_VALUE;

    /// Speech as the voice detector saw it, in the call's positions.
    private static final class Utterance {
        final long start;
        long end = NOT_YET;
        long endedNanos;

        /// Since when its next words, or after its end its answer, are waited for.
        long sinceNanos;

        long dueNanos;
        boolean speechHeard;
        boolean noSpeechHeard;
        boolean heardTwice;

        Utterance(long start) {
            this.start = start;
        }

        boolean goesOn() {
            return end == NOT_YET;
        }
    }

    /// `timeout` is how long words are waited for.
    AnswerWatch(Duration timeout) {
        this.timeout = timeout.toNanos();
    }

    /// The voice detector found that speech began at `position`.
    void started(long position, long nowNanos) {
        var utterance = new Utterance(position);
        await(utterance, nowNanos);
        utterances.addLast(utterance);
    }

    /// The voice detector found that it ended at `position`. Whether the service is still to notice.
    boolean ended(long position, long nowNanos) {
        // Of one whose beginning was not heard there may have been no words.
        Utterance last = utterances.peekLast();
        boolean known = last != null && last.goesOn();
        boolean noticed = answeredUntil >= position - TAIL;
        if (known && noticed) {
            utterances.removeLast();
        } else if (known) {
            last.end = position;
            last.endedNanos = nowNanos;
            await(last, nowNanos);
        }
        return !noticed;
    }

    /// The service told words of a turn that goes on, which lie from `start` to `end`. As it tells
    /// everything in order, it has nothing to say of what was before.
    void told(long start, long end, long nowNanos) {
        while (!utterances.isEmpty() && utterances.getFirst().end <= start) {
            utterances.remove();
        }
        goesOn(end, nowNanos);
    }

    /// What was said until `end` is answered. How long ago the utterances ended that are by this.
    List<Duration> answered(long end, long nowNanos) {
        answeredUntil = Math.max(answeredUntil, end);
        List<Duration> took = new ArrayList<>();
        while (!utterances.isEmpty()
                && !utterances.getFirst().goesOn()
                && utterances.getFirst().start < end) {
            took.add(Duration.ofNanos(nowNanos - utterances.remove().endedNanos));
        }
        goesOn(end, nowNanos);
        return took;
    }

    /// Of the utterance that goes on, if any, words were told if they reach into it.
    private void goesOn(long end, long nowNanos) {
        Utterance last = utterances.peekLast();
        if (last != null && last.goesOn() && end > last.start) {
            last.heardTwice = false;
            last.speechHeard = false;
            await(last, nowNanos);
        }
    }

    /// The service says how probable it is that it has heard speech of late.
    void heartbeat(double speechProbability, long nowNanos) {
        for (Utterance each : utterances) {
            if (speechProbability >= SPEECH) {
                each.speechHeard = true;
            } else if (!each.goesOn() || nowNanos - each.sinceNanos >= TOO_SOON) {
                each.noSpeechHeard = true;
            }
        }
    }

    /// A session begins. `untilSent` is how long it takes until it has been sent what lies before a
    /// position.
    void sessionBegan(LongFunction<Duration> untilSent, long nowNanos) {
        for (Utterance each : utterances) {
            long wanted = each.goesOn() ? each.start : each.end;
            await(each, nowNanos + untilSent.apply(wanted).toNanos());
        }
    }

    /// Where the utterances end that are over and not answered.
    List<Long> ends() {
        return utterances.stream().filter(each -> !each.goesOn()).map(each -> each.end).toList();
    }

    /// Whether what is waited for longest has been waited for too long. `open` tells whether the
    /// service has begun to tell a turn and not ended it.
    Verdict judge(boolean open, long nowNanos) {
        Utterance first = utterances.peek();
        if (first == null || nowNanos - first.dueNanos < 0) {
            return WAIT;
        }
        boolean noise = first.noSpeechHeard && !first.speechHeard && !open;
        if (!noise && !first.heardTwice) {
            utterances.forEach(each -> each.heardTwice = true);
            return new Verdict.Stalled();
        }
        if (first.goesOn()) {
            await(first, nowNanos);
            return WAIT;
        }
        utterances.remove();
        answeredUntil = Math.max(answeredUntil, first.end);
        return new Verdict.GivenUp(first.start, first.end);
    }

    private void await(Utterance utterance, long nowNanos) {
        utterance.sinceNanos = nowNanos;
        utterance.dueNanos = nowNanos + timeout;
        utterance.noSpeechHeard = false;
    }
}
