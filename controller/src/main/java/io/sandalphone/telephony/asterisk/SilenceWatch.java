package io.sandalphone.telephony.asterisk;

import java.util.Arrays;

/// Notices when a leg has gone silent inside Asterisk, so that somebody looks why.
///
/// Debian's and Ubuntu's Asterisk (debian/patches/2016_opus_plc.patch) drop frames whose sequence
/// number is behind, until it catches up; a far end that changes its source in mid-call is then heard
/// by nobody.
/// A spied leg without audio gives exact digital silence, so that is what is looked for. A phone
/// that is mute sends the same, so silence alone is no reason for more than a look.
///
/// Holds no thread and reads no clock: time passes with the frames, 20 ms each.
final class SilenceWatch {
    /// After how much silence to look, each time, in frames: 1 s.
    static final int EVERY = 50;

    private static final short[] SILENCE = new short[160];

    private int silent;
    private boolean silentNow;

    /// Whether it is time to look at this leg, having heard `pcm` next.
    boolean suspicious(short[] pcm) {
        silentNow = Arrays.equals(pcm, SILENCE);
        silent = silentNow ? silent + 1 : 0;
        if (silent < EVERY) {
            return false;
        }
        silent = 0;
        return true;
    }

    /// Whether the last frame was digital silence.
    boolean silent() {
        return silentNow;
    }
}
