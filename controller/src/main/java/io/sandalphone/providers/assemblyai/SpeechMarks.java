package io.sandalphone.providers.assemblyai;

import java.util.ArrayDeque;
import java.util.Deque;

/// Where the voice detector found speech of late: the time of words whose message does not say it.
/// Knows no time but the call's positions.
final class SpeechMarks {
    private static final int MOST = 16;
    private static final long GOES_ON = Long.MAX_VALUE;

    private final Deque<Utterance> utterances = new ArrayDeque<>();

    private static final class Utterance {
        final long start;
        long end = GOES_ON;

        Utterance(long start) {
            this.start = start;
        }
    }

    void started(long position) {
        utterances.addLast(new Utterance(position));
        if (utterances.size() > MOST) {
            utterances.removeFirst();
        }
    }

    void ended(long position) {
        Utterance last = utterances.peekLast();
        if (last != null && last.end == GOES_ON) {
            last.end = position;
        }
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
