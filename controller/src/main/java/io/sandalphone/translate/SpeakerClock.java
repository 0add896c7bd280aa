package io.sandalphone.translate;

import io.sandalphone.media.AudioFrame;

/// Says when, by the wall clock, a sample of one speaker was heard. Runs on the call's loop.
final class SpeakerClock {
    private long end;
    private long epochMillis;

    /// `frame` has just been heard.
    void heard(AudioFrame frame, long epochMillis) {
        end = frame.end();
        this.epochMillis = epochMillis;
    }

    /// When the sample at `position` was heard, in milliseconds since the epoch.
    long epochMillis(long position) {
        return epochMillis - (end - position) * 1000 / AudioFrame.TELEPHONE_RATE;
    }
}
