package io.sandalphone.harness.sip;

import java.time.Duration;

/// What a phone's microphone picks up of what the phone plays: all of it, softer and later. Plays what comes
/// as a player with a short jitter buffer does. Times are those of [System#nanoTime]. Holds no thread; its
/// owner locks.
final class HandsetEcho {
    private static final long NANOS_PER_SAMPLE = 125_000;
    private static final int KEPT = 16_000;

    /// Packets that come up to 40 ms early or late follow each other all the same.
    private static final int PATIENCE = 320;

    private final double gain;
    private final long late;
    private final short[] ring = new short[KEPT];
    private long end = Long.MIN_VALUE / 2;

    HandsetEcho(double softerDb, Duration late) {
        if (late.compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException("an echo later than a second: " + late);
        }
        gain = Math.pow(10, -softerDb / 20);
        this.late = late.toNanos() / NANOS_PER_SAMPLE;
    }

    /// The phone plays `packet` from now on.
    void plays(ReceivedPacket packet) {
        Codec.of(packet.payloadType())
                .ifPresent(
                        codec -> {
                            long at = packet.arrivalNanos() / NANOS_PER_SAMPLE + late;
                            if (Math.abs(at - end) > PATIENCE) {
                                end = at;
                            }
                            for (byte code : packet.payload()) {
                                ring[(int) (end % KEPT)] =
                                        (short) Math.round(gain * codec.decode(code));
                                end++;
                            }
                        });
    }

    /// `frame`, which leaves at `nanos`, with the echo in it.
    short[] over(short[] frame, long nanos) {
        short[] mixed = frame.clone();
        long first = nanos / NANOS_PER_SAMPLE;
        for (int i = 0; i < mixed.length; i++) {
            int at = (int) ((first + i) % KEPT);
            mixed[i] = (short) Math.clamp(mixed[i] + ring[at], Short.MIN_VALUE, Short.MAX_VALUE);
            ring[at] = 0;
        }
        return mixed;
    }
}
