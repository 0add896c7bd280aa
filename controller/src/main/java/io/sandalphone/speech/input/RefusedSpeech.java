package io.sandalphone.speech.input;

import java.util.ArrayDeque;
import java.util.Deque;

/// Where in one speaker's sound utterances were, and which of them turned out to be no speech. What an
/// engine makes of those is not voiced. Runs on the call's loop.
final class RefusedSpeech {
    /// How many utterances back an engine may be behind.
    private static final int REMEMBERED = 16;

    private record Span(long start, long end, boolean refused) {
        boolean overlaps(long from, long to) {
            return from < end && to > start;
        }
    }

    private final Deque<Span> spans = new ArrayDeque<>();
    private long started = Long.MAX_VALUE;

    void started(long position) {
        started = position;
    }

    void ended(long position, boolean refused) {
        spans.addLast(new Span(started, position, refused));
        started = Long.MAX_VALUE;
        if (spans.size() > REMEMBERED) {
            spans.removeFirst();
        }
    }

    /// Whether what was heard from `start` to `end` is of a refused utterance and of no other.
    boolean covers(long start, long end) {
        boolean refused = false;
        for (Span span : spans) {
            if (span.overlaps(start, end)) {
                if (!span.refused()) {
                    return false;
                }
                refused = true;
            }
        }
        return refused && end <= started;
    }
}
