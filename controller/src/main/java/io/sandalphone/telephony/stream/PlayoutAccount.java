package io.sandalphone.telephony.stream;

import io.sandalphone.media.AudioFrame;

import java.time.Duration;

/// Keeps account of the sound that a carrier holds and has not played yet, reckoned as one plays that
/// begins at once and never stops: a frame takes 20 ms from the end of the one before it, or from now.
/// It holds no clock; `nanos` are those of the loop.
public final class PlayoutAccount {
    /// How far what was sent may be ahead of what has been played.
    public static final Duration LONGEST = Duration.ofMillis(200);

    private static final long FRAME = Duration.ofMillis(AudioFrame.MILLIS).toNanos();

    // The moment at which all that was sent will have been played.
    private long playedBy;
    private boolean sentAny;
    private long sent;

    /// Takes one frame into the account; false, and nothing is changed, when the carrier would then hold
    /// more than [#LONGEST].
    public boolean offer(long nanos) {
        long held = held(nanos);
        if (held + FRAME > LONGEST.toNanos()) {
            return false;
        }
        playedBy = nanos + held + FRAME;
        sentAny = true;
        sent++;
        return true;
    }

    /// How many frames were sent so far.
    public long sent() {
        return sent;
    }

    /// The carrier says that the first `frames` of all that were sent have been played, so it holds no more
    /// than what came behind them, however fast its clock may be.
    public void played(long frames, long nanos) {
        playedBy = Math.min(playedBy, nanos + (sent - frames) * FRAME);
    }

    /// How much the carrier has not played yet, in nanoseconds.
    public long held(long nanos) {
        return sentAny ? Math.max(0, playedBy - nanos) : 0;
    }

    /// The carrier dropped what it held.
    public void clear() {
        sentAny = false;
    }
}
