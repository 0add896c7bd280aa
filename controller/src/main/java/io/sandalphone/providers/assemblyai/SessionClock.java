package io.sandalphone.providers.assemblyai;

import io.sandalphone.media.AudioFrame;

import java.util.Map;
import java.util.TreeMap;

/// Where the audio of one session lies on the call's clock. The service counts what it was sent;
/// between its seconds and the call's lie the start of the session, gaps, and silence that was left
/// out. Knows no time but the samples'.
final class SessionClock {
    private static final long SAMPLES_PER_MILLI = AudioFrame.TELEPHONE_RATE / 1000;

    /// By the session's sample at which a stretch without jumps begins: the call's position there.
    private final TreeMap<Long, Long> stretches = new TreeMap<>();

    private long sent;
    private long next = Long.MIN_VALUE;

    /// `samples` more were sent, which lie at `position` of the call.
    void sent(long position, int samples) {
        if (position != next) {
            stretches.put(sent, position);
        }
        sent += samples;
        next = position + samples;
    }

    /// The call's position `millis` into the audio of the session, for the beginning of a word.
    long startAt(long millis) {
        return position(Math.min(sample(millis), Math.max(0, sent - 1)), 0);
    }

    /// The same for the end of a word: where a jump follows, before it.
    long endAt(long millis) {
        return position(sample(millis) - 1, 1);
    }

    /// The session's sample at `millis`, or after the last one that was sent.
    private long sample(long millis) {
        return Math.min(millis, sentMillis() + 1) * SAMPLES_PER_MILLI > sent
                ? sent
                : millis * SAMPLES_PER_MILLI;
    }

    /// How much audio was sent.
    long sentMillis() {
        return sent / SAMPLES_PER_MILLI;
    }

    private long position(long sample, int beyond) {
        Map.Entry<Long, Long> stretch = stretches.floorEntry(Math.max(0, sample));
        if (stretch == null) {
            throw new IllegalStateException("nothing was sent");
        }
        return stretch.getValue() + Math.max(0, sample - stretch.getKey() + beyond);
    }

    /// The call's position after what was sent last.
    long end() {
        return next;
    }

    /// Whether anything was sent, without which no time means anything.
    boolean started() {
        return sent > 0;
    }

    /// Nothing before `millis` will be asked for any more.
    void forget(long millis) {
        Long kept = stretches.floorKey(sample(millis));
        if (kept != null) {
            stretches.headMap(kept, false).clear();
        }
    }

    int stretches() {
        return stretches.size();
    }
}
