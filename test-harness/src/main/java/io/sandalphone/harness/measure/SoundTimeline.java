package io.sandalphone.harness.measure;

import java.util.Arrays;

/// Telephone sound (8 kHz) that knows when it was heard: sample 0 at `startNanos` of
/// [System#nanoTime], so what two phones of one JVM heard can be laid side by side.
// An array, because sound is megabytes of primitives; nobody compares recordings by value.
@SuppressWarnings("ArrayRecordComponent")
public record SoundTimeline(long startNanos, short[] pcm) {
    private static final long NANOS_PER_SAMPLE = 125_000;

    /// When the sample at `millis` of this timeline was heard.
    public long nanosAt(long millis) {
        return startNanos + millis * 1_000_000;
    }

    /// Where in this timeline `nanos` is, in milliseconds; may lie before its start or after its
    /// end.
    public long millisAt(long nanos) {
        return Math.floorDiv(nanos - startNanos, 1_000_000L);
    }

    /// The part heard from `fromNanos` up to `toNanos`, as far as there is one.
    public SoundTimeline between(long fromNanos, long toNanos) {
        int from = sampleAt(fromNanos);
        int to = Math.max(from, sampleAt(toNanos));
        return new SoundTimeline(
                startNanos + from * NANOS_PER_SAMPLE, Arrays.copyOfRange(pcm, from, to));
    }

    private int sampleAt(long nanos) {
        return Math.clamp((nanos - startNanos) / NANOS_PER_SAMPLE, 0, pcm.length);
    }
}
