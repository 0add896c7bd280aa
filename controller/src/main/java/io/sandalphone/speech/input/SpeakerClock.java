package io.sandalphone.speech.input;

import io.sandalphone.media.AudioFrame;

/// Says when, by the monotonic clock, a sample of one speaker was heard. Runs on the call's loop.
public final class SpeakerClock {
    private static final long NANOS_PER_SAMPLE = 1_000_000_000 / AudioFrame.TELEPHONE_RATE;

    private long end;
    private long nanos;

    /// `frame` has just been heard.
    void heard(AudioFrame frame, long nanos) {
        end = frame.end();
        this.nanos = nanos;
    }

    /// When the sample at `position` was heard.
    public long nanos(long position) {
        return nanos - (end - position) * NANOS_PER_SAMPLE;
    }
}
