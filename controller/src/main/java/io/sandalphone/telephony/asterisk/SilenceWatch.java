package io.sandalphone.telephony.asterisk;

import java.util.Arrays;

/// Notices when a leg whose phone still sends has gone silent inside Asterisk.
///
/// Debian's and Ubuntu's Asterisk drop frames whose sequence number is behind, until it catches up;
/// a far end that changes its source in mid-call is then heard by nobody (sheet asterisk-ari, 0.3).
/// A spied leg without audio gives exact digital silence, so that is what is looked for; whether
/// packets still arrive is asked only then. What is silent for its own reasons is repaired in vain,
/// so the next look waits twice as long each time, until there is sound again.
///
/// Holds no thread and reads no clock: time passes with the frames, 20 ms each.
final class SilenceWatch {
    /// How long the silence lasts before the first repair, in frames: 1.5 s.
    static final int FIRST = 75;

    /// The longest wait between two repairs, in frames: 60 s.
    static final int LONGEST = 3000;

    private int silent;
    private int due = FIRST;
    private int wait = FIRST;

    /// Whether it is time to look at this leg, having heard `pcm` next.
    boolean suspicious(short[] pcm) {
        if (!exactSilence(pcm)) {
            silent = 0;
            wait = FIRST;
            due = FIRST;
            return false;
        }
        silent++;
        if (silent < due) {
            return false;
        }
        wait = Math.min(wait * 2, LONGEST);
        due = silent + wait;
        return true;
    }

    private static boolean exactSilence(short[] pcm) {
        return Arrays.mismatch(pcm, SILENCE) < 0;
    }

    private static final short[] SILENCE = new short[160];
}
