package io.sandalphone.media;

/// Twenty milliseconds of mono, linear, 16-bit PCM. Nobody writes `pcm` after construction; a stage
/// that changes sound makes a new frame.
///
/// `rate` is in samples per second. `position` counts samples on the sender's clock at that rate, so
/// whatever was lost or never sent shows downstream as a gap.
// An array, because sound is megabytes of primitives; nobody compares frames by value.
@SuppressWarnings("ArrayRecordComponent")
public record AudioFrame(short[] pcm, int rate, long position) {
    /// How long every frame lasts, in milliseconds.
    public static final int MILLIS = 20;

    /// The telephone's rate, in samples per second.
    public static final int TELEPHONE_RATE = 8000;

    public AudioFrame {
        if (pcm.length != samples(rate)) {
            throw new IllegalArgumentException(
                    "a frame at "
                            + rate
                            + " Hz holds "
                            + samples(rate)
                            + " samples, not "
                            + pcm.length);
        }
    }

    /// How many samples a frame holds at `rate`.
    public static int samples(int rate) {
        return rate / 1000 * MILLIS;
    }

    /// The position of the sample that follows this frame.
    public long end() {
        return position + pcm.length;
    }

    /// `position` as milliseconds on the sender's clock.
    public long millis() {
        return position * 1000 / rate;
    }
}
