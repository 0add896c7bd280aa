package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.asterisk.AsteriskSettings.SilenceLimits;

/// Decides what becomes of a leg from which no packets come. Its person may be muted and its phone send
/// nothing in silence, or the phone may be gone without a word.
///
/// The phone is asked, which ends the leg when nobody answers; and the leg ends when nothing has come
/// from it, and nothing was heard from the other side, for as long as the limits say.
///
/// Holds no thread and reads no clock.
final class SilentLeg {
    /// What is to be done now.
    enum Step {
        NOTHING,
        /// Ask the phone, within the call, whether it is still there.
        ASK,
        END
    }

    private final long checkAfter;
    private final long endAfter;
    private long packets;
    private long silentSince;
    private long asked;

    /// Of a leg that was heard at `nowNanos`.
    SilentLeg(SilenceLimits limits, long nowNanos) {
        checkAfter = limits.checkAfter().toNanos();
        endAfter = limits.endAfter().toNanos();
        heard(nowNanos);
    }

    /// It is not silent, or is silent by what was agreed upon.
    void heard(long nowNanos) {
        silentSince = nowNanos;
        asked = nowNanos;
    }

    /// Since when no packets come.
    long silentSince() {
        return silentSince;
    }

    /// What to do when `received` packets have come from it so far.
    ///
    /// @param otherHeard when the other side was heard last
    Step look(long nowNanos, long received, long otherHeard) {
        if (received != packets) {
            packets = received;
            heard(nowNanos);
            return Step.NOTHING;
        }
        if (nowNanos - silentSince >= endAfter && nowNanos - otherHeard >= endAfter) {
            return Step.END;
        }
        if (nowNanos - asked >= checkAfter) {
            asked = nowNanos;
            return Step.ASK;
        }
        return Step.NOTHING;
    }
}
