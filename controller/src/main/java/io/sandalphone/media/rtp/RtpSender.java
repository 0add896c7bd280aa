package io.sandalphone.media.rtp;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSource;
import io.sandalphone.time.PacingSchedule;

import org.jspecify.annotations.Nullable;

/// One stream's outgoing side: which frame leaves when, under which number. Knows no clock and no
/// thread; whoever hosts it calls [#pace] on every tick while it talks.
///
/// A talk spurt opens with a cushion of [#CUSHION] frames at once and then follows the ticks. When
/// its source runs dry the frames it owes are made up as soon as there are some again, until all
/// that was sent has been played; then the spurt is over.
final class RtpSender {
    /// Frames ahead of real time: what may be late without being heard.
    static final int CUSHION = 3;

    /// Frames sent at once at most (400 ms). Asterisk throws away all that waits in a snoop when it
    /// becomes more than 500 ms.
    static final int MOST_AT_ONCE = 20;

    static final long PERIOD_NANOS = AudioFrame.MILLIS * 1_000_000L;

    private static final int SAMPLES = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);

    private static final short[] SILENCE = new short[SAMPLES];

    private final PacketWriter out;
    private final RtpMeters meters;
    private final long createdNanos;
    private final long firstTick;

    /// Lower 16 bits go on the wire.
    private int sequence;

    /// Frames of 20 ms since the stream began, by the clock: what timestamps are made of.
    private long tick;

    private @Nullable Spurt spurt;

    /// Until when silence is sent while nothing is said.
    private long heldUntilNanos;

    private boolean held;

    /// Puts a frame on the wire.
    @FunctionalInterface
    interface PacketWriter {
        void write(boolean marker, int sequence, int timestamp, short[] pcm);
    }

    /// One talk spurt. `playedNanos` is when the last frame sent will have been played, by a far end
    /// that plays one every 20 ms and goes on with the next when one was missing.
    private static final class Spurt {
        final FrameSource source;
        final Runnable drained;
        final PacingSchedule schedule;
        boolean begun;
        int owed;
        long skipped;
        long playedNanos;

        Spurt(FrameSource source, Runnable drained, long tickNanos) {
            this.source = source;
            this.drained = drained;
            schedule =
                    new PacingSchedule(
                            tickNanos - (CUSHION - 1) * PERIOD_NANOS, PERIOD_NANOS, MOST_AT_ONCE);
            playedNanos = tickNanos;
        }

        /// Adds what has become due to what is owed, and returns how many frames that skips.
        long owe(long nowNanos) {
            owed += schedule.framesDue(nowNanos);
            int excess = Math.max(0, owed - MOST_AT_ONCE);
            owed -= excess;
            long before = skipped;
            skipped = schedule.skippedFrames();
            return skipped - before + excess;
        }
    }

    /// @param firstSequence the number of the first packet; timestamps start at as many frames
    RtpSender(int firstSequence, long createdNanos, PacketWriter out, RtpMeters meters) {
        sequence = firstSequence;
        firstTick = firstSequence;
        tick = firstSequence;
        this.createdNanos = createdNanos;
        this.out = out;
        this.meters = meters;
    }

    boolean talking() {
        return spurt != null;
    }

    /// Whether [#pace] is wanted on each tick.
    boolean paced() {
        return held || talking();
    }

    /// From now on until `untilNanos` there is a packet on each tick, of silence when nothing is said.
    void hold(long untilNanos) {
        held = true;
        heldUntilNanos = untilNanos;
    }

    /// Opens a talk spurt. `tickNanos` is the tick before now; the first frames leave with the next
    /// call of [#pace].
    void open(FrameSource source, Runnable drained, long tickNanos) {
        spurt = new Spurt(source, drained, tickNanos);
    }

    /// Sends what is due. When with that the spurt is over, returns what it wanted run then.
    @Nullable Runnable pace(long nowNanos) {
        held = held && nowNanos < heldUntilNanos;
        var current = spurt;
        if (current == null) {
            if (held) {
                sendSilence(nowNanos);
            }
            return null;
        }
        long skipped = current.owe(nowNanos);
        if (skipped > 0) {
            meters.skipped().increment((double) skipped);
            tick += skipped;
        }
        while (current.owed > 0) {
            var frame = current.source.poll();
            if (frame == null) {
                break;
            }
            send(current, frame, nowNanos);
        }
        boolean dry = current.owed > 0;
        if (spurt == current && dry && nowNanos >= current.playedNanos) {
            spurt = null;
            return current.drained;
        }
        return null;
    }

    private void sendSilence(long nowNanos) {
        tick = Math.max(tick, firstTick + (nowNanos - createdNanos) / PERIOD_NANOS);
        out.write(false, sequence++, (int) (tick++ * SAMPLES), SILENCE);
    }

    private void send(Spurt current, AudioFrame frame, long nowNanos) {
        if (frame.rate() != AudioFrame.TELEPHONE_RATE) {
            throw new IllegalArgumentException("the line runs at 8000 Hz, not " + frame.rate());
        }
        if (!current.begun) {
            tick = Math.max(tick, firstTick + (nowNanos - createdNanos) / PERIOD_NANOS);
        }
        out.write(!current.begun, sequence++, (int) (tick++ * SAMPLES), frame.pcm());
        current.begun = true;
        current.owed--;
        current.playedNanos = Math.max(current.playedNanos, nowNanos) + PERIOD_NANOS;
    }

    /// Ends the talk spurt without a word. What was sent is played.
    void stop() {
        spurt = null;
    }

    /// Sends nothing more.
    void close() {
        held = false;
        spurt = null;
    }
}
