package io.sandalphone.providers.whisper;

/// How much processor time may go into decoding utterances that go on: a share of the cores, as a bucket
/// that fills with time. What a decoding takes is known afterwards only, so the last one may leave a debt;
/// the next waits until that is paid.
///
/// In any time at most the share is used, and beside it what the bucket holds and one decoding. Knows no
/// clock; one thread at a time.
final class PartialBudget {
    /// What is saved while nobody speaks: as much as fills in a second.
    private static final long SECOND = 1_000_000_000;

    private final double cores;
    private double credit;
    private long filledNanos;

    /// Allows `cores` processors from `nowNanos` on; with 0 nothing.
    PartialBudget(double cores, long nowNanos) {
        this.cores = cores;
        credit = cores * SECOND;
        filledNanos = nowNanos;
    }

    /// Whether a decoding may begin.
    boolean allows(long nowNanos) {
        credit = Math.min(cores * SECOND, credit + cores * (nowNanos - filledNanos));
        filledNanos = nowNanos;
        return credit > 0;
    }

    /// A decoding took so much processor time.
    void spend(long processorNanos) {
        credit -= processorNanos;
    }

    /// What a decoding had taken did not come on top: it was the one that is made of a finished utterance.
    void refund(long processorNanos) {
        credit += processorNanos;
    }
}
