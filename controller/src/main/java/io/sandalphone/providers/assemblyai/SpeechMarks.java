package io.sandalphone.providers.assemblyai;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.TranscriptEvent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Where the voice detector found speech of late, and what the service has said of it: the time of
/// words whose message does not say it, and speech in which the service hears none. Knows no clock.
final class SpeechMarks {
    private static final int MOST = 16;
    private static final long GOES_ON = Long.MAX_VALUE;

    /// Below this probability no model of the service takes sound for speech: the lowest of their
    /// defaults for `vad_threshold`.
    private static final double SPEECH = 0.3;

    /// How much the service must have been sent since speech began, or ended, for a heartbeat to tell
    /// something of it: half a second.
    private static final long HEARD_OF = AudioFrame.TELEPHONE_RATE / 2;

    /// How long after the last word, in samples, the voice detector may still hear speech: 0.3 s.
    private static final long TAIL = AudioFrame.TELEPHONE_RATE * 3L / 10;

    private final Deque<Utterance> utterances = new ArrayDeque<>();
    private long answeredUntil = Long.MIN_VALUE;

    private static final class Utterance {
        final long start;
        long end = GOES_ON;
        long endedNanos;
        boolean speechHeard;
        boolean answered;

        Utterance(long start) {
            this.start = start;
        }

        boolean goesOn() {
            return end == GOES_ON;
        }
    }

    void started(long position) {
        utterances.addLast(new Utterance(position));
        if (utterances.size() > MOST) {
            utterances.removeFirst();
        }
    }

    /// Whether the service is still to notice it.
    boolean ended(long position, long nowNanos) {
        Utterance last = utterances.peekLast();
        boolean noticed = answeredUntil >= position - TAIL;
        if (last != null && last.goesOn()) {
            last.end = position;
            last.endedNanos = nowNanos;
            last.answered = noticed;
        }
        return !noticed;
    }

    /// The service told words of what goes on, until `end`.
    void told(long end) {
        Utterance last = utterances.peekLast();
        if (last != null && last.goesOn() && end > last.start) {
            last.speechHeard = false;
        }
    }

    /// What was said until `end` is answered. How long ago the utterances ended that are by this.
    List<Duration> answered(long end, long nowNanos) {
        answeredUntil = Math.max(answeredUntil, end);
        List<Duration> took = new ArrayList<>();
        for (Utterance each : utterances) {
            if (!each.goesOn() && !each.answered && each.start < end) {
                each.answered = true;
                took.add(Duration.ofNanos(nowNanos - each.endedNanos));
            }
        }
        told(end);
        return took;
    }

    /// The service says how probable it is that it has heard speech of late, when it was sent what lies
    /// before `sentUntil`: what follows of utterances in which it hears none. A turn that goes on, `open`,
    /// was heard.
    List<TranscriptEvent> heartbeat(double speechProbability, boolean open, long sentUntil) {
        List<TranscriptEvent> events = new ArrayList<>();
        for (Utterance each : utterances) {
            if (each.answered) {
                continue;
            }
            if (speechProbability >= SPEECH) {
                each.speechHeard = true;
            } else if (!each.speechHeard && !open) {
                if (!each.goesOn() && sentUntil - each.end >= HEARD_OF) {
                    each.answered = true;
                    events.add(new TranscriptEvent.Nothing(each.start, each.end));
                } else if (each.goesOn() && sentUntil - each.start >= HEARD_OF) {
                    events.add(
                            new TranscriptEvent.Partial(List.of(), "", "", each.start, sentUntil));
                }
            }
        }
        return events;
    }

    /// Where the first speech began that lies between two positions, at least in part; `until` when
    /// there is none.
    long start(long from, long until) {
        return utterances.stream()
                .filter(each -> each.end > from && each.start < until)
                .findFirst()
                .map(each -> Math.max(each.start, from))
                .orElse(until);
    }

    /// Where the last speech ended that began before `until`; `until` when it goes on there.
    long end(long until) {
        long end = until;
        for (Utterance each : utterances) {
            if (each.start < until) {
                end = Math.min(each.end, until);
            }
        }
        return end;
    }
}
