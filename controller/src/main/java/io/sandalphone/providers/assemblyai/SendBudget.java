package io.sandalphone.providers.assemblyai;

import io.sandalphone.media.AudioFrame;

import java.time.Duration;

/// How much audio one session may be sent by now. The service refuses more than it could have been
/// said since the first of it, and tolerates about a second; half of that is left to the network.
final class SendBudget {
    /// By how much what is sent may run ahead.
    static final Duration BURST = Duration.ofMillis(500);

    private static final long NANOS_PER_SAMPLE = 1_000_000_000 / AudioFrame.TELEPHONE_RATE;

    private boolean started;
    private long startNanos;
    private long sent;

    /// Whether `samples` more may be sent now.
    boolean allows(int samples, long nowNanos) {
        long elapsed = started ? nowNanos - startNanos : 0;
        return (sent + samples) * NANOS_PER_SAMPLE <= elapsed + BURST.toNanos();
    }

    void sent(int samples, long nowNanos) {
        if (!started) {
            started = true;
            startNanos = nowNanos;
        }
        sent += samples;
    }
}
