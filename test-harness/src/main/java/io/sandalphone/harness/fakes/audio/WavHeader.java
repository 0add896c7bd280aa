package io.sandalphone.harness.fakes.audio;

import io.vertx.core.buffer.Buffer;

/// What stands before the samples of a WAV file.
///
/// @param coding of a sample, in RIFF's numbers
/// @param bits of a sample
/// @param rate samples per second, of one channel
record WavHeader(int coding, int bits, int rate) {
    static final int PCM = 1;
    static final int A_LAW = 6;
    static final int MU_LAW = 7;

    /// What servers say of how much is to come while they do not know.
    private static final int UNKNOWN = 0xFFFFFFFF;

    /// A whole file.
    Buffer file(Buffer samples) {
        return header(samples.length(), false).appendBuffer(samples);
    }

    /// A whole file with a chunk that nobody needs before its sound, so that this does not begin at byte 44.
    Buffer fileWithNotes(Buffer samples) {
        return header(samples.length(), true).appendBuffer(samples);
    }

    /// A file of which nobody knows yet how long it becomes.
    Buffer streamed(Buffer samples) {
        return header(UNKNOWN, false).appendBuffer(samples);
    }

    private Buffer header(int length, boolean notes) {
        Buffer format =
                Buffer.buffer("fmt ")
                        .appendIntLE(16)
                        .appendShortLE((short) coding)
                        .appendShortLE((short) 1)
                        .appendIntLE(rate)
                        .appendIntLE(rate * bits / 8)
                        .appendShortLE((short) (bits / 8))
                        .appendShortLE((short) bits);
        if (notes) {
            format.appendString("LIST").appendIntLE(4).appendString("INFO");
        }
        int all = length == UNKNOWN ? UNKNOWN : 4 + format.length() + 8 + length;
        return Buffer.buffer("RIFF")
                .appendIntLE(all)
                .appendString("WAVE")
                .appendBuffer(format)
                .appendString("data")
                .appendIntLE(length);
    }
}
