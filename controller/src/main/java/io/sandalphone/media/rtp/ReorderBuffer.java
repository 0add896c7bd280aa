package io.sandalphone.media.rtp;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;

import org.jspecify.annotations.Nullable;

/// Brings one source's packets back into the order in which they were sent. Packets that come in
/// order pass at once; behind a missing one at most [#WINDOW] - 1 are held back for it.
///
/// Frames come out with positions that only grow: they follow the source's timestamps, so what was
/// lost or never sent is a gap. When the source restarts (another SSRC, or sequence numbers far
/// off) it is followed at once, and positions go on by the time that passed.
///
/// Knows no clock and no thread; the arrival of each packet is given.
final class ReorderBuffer {
    /// A packet this far ahead of the one expected is not waiting for it any more.
    static final int WINDOW = 3;

    /// A jump this far ahead is another numbering, not loss (2 s).
    static final int JUMP = 100;

    /// Packets this far behind are another numbering, not late ones (1.28 s).
    static final int HISTORY = Long.SIZE;

    /// So many packets behind, in sequence and with none ahead between them, are another numbering.
    static final int STALE_RUN = 5;

    /// A power of two, so that sequence numbers keep their slots when they wrap.
    private static final int SLOTS = 4;

    private static final int SAMPLES = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final int NANOS_PER_SAMPLE = 1_000_000_000 / AudioFrame.TELEPHONE_RATE;

    /// How much faster than real time timestamps may run: 1 s of them.
    private static final int TOLERANCE = AudioFrame.TELEPHONE_RATE;

    private final RtpMeters meters;
    private final FrameSink out;

    private boolean started;
    private int ssrc;

    /// The sequence number expected next; its lower 16 bits count.
    private int next;

    /// Which of the packets before `next` came: bit n stands for `next - 1 - n`.
    private long seen;

    private final short[] @Nullable [] heldPcm = new short[SLOTS][];
    private final int[] heldTimestamp = new int[SLOTS];
    private int held;

    private int staleRun;
    private int lastStale;

    /// Whether `lastTimestamp` is of the numbering that is followed now.
    private boolean clockKnown;

    private int lastTimestamp;
    private long lastArrivalNanos;

    /// Where the last frame began; one before the first frame begins at zero.
    private long position = -SAMPLES;

    ReorderBuffer(RtpMeters meters, FrameSink out) {
        this.meters = meters;
        this.out = out;
    }

    /// Takes the next packet off the wire; `pcm` is 20 ms and belongs to the buffer.
    void offer(int ssrc, int sequence, int timestamp, short[] pcm, long arrivalNanos) {
        if (!started) {
            started = true;
            lastArrivalNanos = arrivalNanos;
            follow(ssrc, sequence);
        } else if (ssrc != this.ssrc) {
            restart(ssrc, sequence, arrivalNanos);
        }
        int ahead = (short) (sequence - next);
        if (ahead >= JUMP || ahead < -HISTORY || (ahead < 0 && isStaleRun(sequence))) {
            restart(ssrc, sequence, arrivalNanos);
            ahead = 0;
        }
        if (ahead < 0) {
            drop(ahead, sequence);
            return;
        }
        staleRun = 0;
        if (ahead == 0) {
            pass(timestamp, pcm, arrivalNanos);
            passHeld(arrivalNanos);
        } else if (ahead < WINDOW) {
            hold(sequence, timestamp, pcm);
        } else {
            skipTo(sequence, arrivalNanos);
            pass(timestamp, pcm, arrivalNanos);
        }
    }

    private void follow(int ssrc, int sequence) {
        this.ssrc = ssrc;
        next = sequence;
        seen = 0;
        staleRun = 0;
        clockKnown = false;
    }

    private void restart(int ssrc, int sequence, long arrivalNanos) {
        meters.sourceRestarts().increment();
        while (held > 0) {
            passOrSkip(arrivalNanos);
        }
        follow(ssrc, sequence);
    }

    private boolean isStaleRun(int sequence) {
        staleRun = (short) (sequence - lastStale) == 1 ? staleRun + 1 : 1;
        lastStale = sequence;
        return staleRun >= STALE_RUN;
    }

    private void drop(int ahead, int sequence) {
        boolean duplicate = ((seen >>> (-1 - ahead)) & 1) != 0;
        (duplicate ? meters.duplicate() : meters.late()).increment();
        lastStale = sequence;
    }

    private void hold(int sequence, int timestamp, short[] pcm) {
        int slot = slot(sequence);
        if (heldPcm[slot] != null) {
            meters.duplicate().increment();
            return;
        }
        heldPcm[slot] = pcm;
        heldTimestamp[slot] = timestamp;
        held++;
    }

    /// Hands out what is held before `sequence`, and gives up what is missing there.
    private void skipTo(int sequence, long arrivalNanos) {
        while ((short) (sequence - next) > 0) {
            passOrSkip(arrivalNanos);
        }
    }

    private void passHeld(long arrivalNanos) {
        while (held > 0 && heldPcm[slot(next)] != null) {
            meters.reordered().increment();
            passOrSkip(arrivalNanos);
        }
    }

    private void passOrSkip(long arrivalNanos) {
        int slot = slot(next);
        var pcm = heldPcm[slot];
        if (pcm == null) {
            meters.lost().increment();
            next++;
            seen <<= 1;
        } else {
            heldPcm[slot] = null;
            held--;
            pass(heldTimestamp[slot], pcm, arrivalNanos);
        }
    }

    private static int slot(int sequence) {
        return sequence & (SLOTS - 1);
    }

    private void pass(int timestamp, short[] pcm, long arrivalNanos) {
        next++;
        seen = (seen << 1) | 1;
        position += step(timestamp, arrivalNanos);
        clockKnown = true;
        lastTimestamp = timestamp;
        lastArrivalNanos = arrivalNanos;
        out.accept(new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position));
    }

    /// How far the frame with `timestamp` lies from the one before: by the source's clock where that
    /// is credible, else by the time that passed.
    private long step(int timestamp, long arrivalNanos) {
        int stamped = timestamp - lastTimestamp;
        long passed = (arrivalNanos - lastArrivalNanos) / NANOS_PER_SAMPLE;
        if (clockKnown && stamped >= SAMPLES && stamped <= passed + TOLERANCE) {
            return stamped;
        }
        return Math.max(1, passed / SAMPLES) * SAMPLES;
    }
}
