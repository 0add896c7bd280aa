package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.LegMedia;
import io.sandalphone.time.NanoClock;

/// Finds out how much sound a far end holds in its own buffer without needing it. When we, or the network, are later than
/// what it holds, it plays silence meanwhile, and all that follows so much later, for the rest of the call. Once that
/// has not happened for a while, as much may be left out again, 20 ms at a time where it is quiet.
///
/// It is told by marks: how long after its tick a frame has been played, against the soonest of this far end. It is left
/// what it needs: as much as we have been late of late, or the party's own voice comes unevenly, and 20 ms more for good
/// where it turned out that leaving out went too far. A far end that tells of no mark holds what it likes. Reads no clock; runs on the call's
/// loop.
final class FarBuffer {
    private static final long FRAME_NANOS = AudioFrame.MILLIS * 1_000_000L;

    /// So little less than a frame is a frame: marks come back unevenly.
    private static final long UNSURE_NANOS = FRAME_NANOS / 4;

    /// How often it is asked.
    private static final long ASKING_NANOS = 3_000_000_000L;

    /// For how long it must not have grown, and how late we are is remembered.
    private static final long STEADY_NANOS = 10_000_000_000L;

    /// When it grows so soon after something was left out, that was needed.
    private static final long TRIED_NANOS = 60_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE / 2;
    private static final long UNKNOWN = Long.MAX_VALUE;

    private long askedAt = NEVER;
    private long soonest = UNKNOWN;

    // The last answer, against the soonest; one alone may have been late on its way.
    private long last;
    // What it holds more than at the soonest, as the last two agree.
    private long held;
    private long grownAt;
    private long leftOutAt = NEVER;
    private long kept;

    // How late we were at most, in the present window of time and in the one before.
    private long window = NEVER;
    private long latest;
    private long latestBefore;

    /// A frame was sent on the tick that was due at `nanos`. Asks now and then when it has been played, by `clock`.
    void sent(long nanos, LegMedia media, NanoClock clock) {
        late(clock.nanoTime() - nanos, Math.floorDiv(nanos, STEADY_NANOS));
        if (nanos - askedAt >= ASKING_NANOS) {
            askedAt = nanos;
            media.whenToldPlayed(() -> played(nanos, clock.nanoTime()));
        }
    }

    private void late(long nanos, long window) {
        if (window != this.window) {
            latestBefore = window == this.window + 1 ? latest : 0;
            latest = 0;
            this.window = window;
        }
        latest = Math.max(latest, nanos);
    }

    /// What was sent on the tick due at `sentNanos` had been played at `nanos`.
    void played(long sentNanos, long nanos) {
        if (sentNanos < leftOutAt) {
            return;
        }
        long took = nanos - sentNanos;
        if (soonest == UNKNOWN) {
            soonest = took;
            grownAt = nanos;
        }
        if (took < soonest) {
            long less = soonest - took;
            soonest = took;
            last += less;
            held += less;
        }
        long agreed = Math.min(last, took - soonest);
        last = took - soonest;
        if (agreed > held + FRAME_NANOS / 2) {
            grownAt = nanos;
            if (nanos - leftOutAt < TRIED_NANOS) {
                kept += FRAME_NANOS;
            }
        }
        held = agreed;
    }

    /// Whether 20 ms may be left out on the tick at `nanos`, if it is quiet; what comes from the party comes by as much
    /// as `jitterNanos` unevenly.
    boolean holdsTooMuch(long nanos, long jitterNanos) {
        long uneven = Math.max(jitterNanos, Math.max(latest, latestBefore));
        long needed = kept + (uneven + FRAME_NANOS / 2) / FRAME_NANOS * FRAME_NANOS;
        return held - needed >= FRAME_NANOS - UNSURE_NANOS && nanos - grownAt >= STEADY_NANOS;
    }

    /// 20 ms were left out on the tick at `nanos`.
    void leftOut(long nanos) {
        leftOutAt = nanos;
        held -= FRAME_NANOS;
        last = held;
        askedAt = NEVER;
    }

    /// There is another buffer, of which nothing is known.
    void forget() {
        askedAt = NEVER;
        soonest = UNKNOWN;
        last = 0;
        held = 0;
        leftOutAt = NEVER;
        kept = 0;
    }
}
