package io.sandalphone.telephony.client;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.Downsampler;

import java.util.ArrayList;
import java.util.List;

/// Makes frames at the telephone's rate of a client's sound, which comes at 16 kHz in pieces of any
/// length. Holds no thread and reads no clock.
///
/// A client says nothing of when a piece was spoken, so the frames follow each other, until nothing has
/// come for [#GAP_NANOS]: then what comes next is placed where the clock stands. A piece that would end
/// more than [#MOST_AHEAD_NANOS] after its time is not taken.
final class Heard {
    /// The rate of a client's sound, in samples per second.
    static final int RATE = 16_000;

    private static final int WIDE = AudioFrame.samples(RATE);
    private static final int NARROW = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final long FRAME_NANOS = AudioFrame.MILLIS * 1_000_000L;
    private static final long GAP_NANOS = 1_000_000_000;
    private static final long MOST_AHEAD_NANOS = 3_000_000_000L;

    private final Downsampler downsampler = new Downsampler();
    private final short[] pending = new short[WIDE];
    private int count;
    private long position;
    private boolean begun;
    private long endNanos;

    /// Whether `bytes` of PCM more are as much as can have been spoken by now.
    boolean isInTime(int bytes, long nowNanos) {
        long ahead = begun ? Math.max(0, endNanos - nowNanos) : 0;
        return ahead + nanos(bytes) <= MOST_AHEAD_NANOS;
    }

    /// The frames that `pcm` completes: 16-bit samples, the lower byte first.
    List<AudioFrame> add(byte[] pcm, long nowNanos) {
        place(nowNanos);
        endNanos += nanos(pcm.length);
        List<AudioFrame> frames = new ArrayList<>();
        for (int i = 0; i + 1 < pcm.length; i += 2) {
            pending[count++] = (short) ((pcm[i] & 0xff) | pcm[i + 1] << 8);
            if (count == WIDE) {
                count = 0;
                frames.add(
                        new AudioFrame(
                                downsampler.resample(pending),
                                AudioFrame.TELEPHONE_RATE,
                                position));
                position += NARROW;
            }
        }
        return frames;
    }

    private void place(long nowNanos) {
        if (!begun) {
            begun = true;
            endNanos = nowNanos;
        } else if (nowNanos - endNanos > GAP_NANOS) {
            long missing = (nowNanos - endNanos) / FRAME_NANOS;
            position += missing * NARROW;
            endNanos += missing * FRAME_NANOS;
            downsampler.reset();
            count = 0;
        }
    }

    private static long nanos(int bytes) {
        return bytes / 2 * 1_000_000_000L / RATE;
    }
}
