package io.sandalphone.speech.input;

import io.sandalphone.media.AudioFrame;

/// Knows where the sound of one speaker fell at the end of speech. A voice detector takes what follows for speech for some
/// time: a room goes on for 100 ms and more, and the detector itself is careful.
///
/// Holds no clock.
final class SoundFall {
    /// A detector is later by so much at most, 300 ms. What was faint before that was soft speech.
    private static final long MOST = 300L * AudioFrame.TELEPHONE_RATE / 1000;

    private static final long LOUD = Long.MAX_VALUE;

    private long faintSince = LOUD;
    private long end;
    private long fall;

    /// The next frame, and whether it is [faint][io.sandalphone.media.SpeechLevel#faint].
    void hear(AudioFrame frame, boolean faint) {
        if (!faint) {
            faintSince = LOUD;
        } else if (faintSince == LOUD) {
            faintSince = frame.position();
        }
    }

    /// Where speech ended that the voice detector hears until `end`: there, or where its sound fell before. The same for the same
    /// `end`, whatever is heard behind it.
    long before(long end) {
        if (this.end != end) {
            this.end = end;
            fall = Math.min(end, Math.max(faintSince, end - MOST));
        }
        return fall;
    }
}
