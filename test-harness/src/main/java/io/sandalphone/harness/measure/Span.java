package io.sandalphone.harness.measure;

/// From sample `start` to before sample `end`, at 8 kHz.
public record Span(int start, int end) {
    public Span {
        if (end < start) {
            throw new IllegalArgumentException("ends before it starts: " + start + " to " + end);
        }
    }

    public int length() {
        return end - start;
    }

    public long startMillis() {
        return Math.round(start / (double) Signal.PER_MILLI);
    }

    public long endMillis() {
        return Math.round(end / (double) Signal.PER_MILLI);
    }

    /// The same span, `samples` later.
    public Span plus(int samples) {
        return new Span(start + samples, end + samples);
    }

    /// How many samples both hold.
    public int overlap(Span other) {
        return Math.max(0, Math.min(end, other.end) - Math.max(start, other.start));
    }
}
