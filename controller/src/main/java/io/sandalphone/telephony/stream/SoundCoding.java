package io.sandalphone.telephony.stream;

import io.sandalphone.media.codec.Downsampler;
import io.sandalphone.media.codec.G711;
import io.sandalphone.media.codec.Upsampler;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How mono sound stands in the messages of one direction of one stream. It may remember what came before,
/// so one serves one direction; one thread at a time.
public interface SoundCoding {
    /// Whether so many bytes hold whole samples, at the telephone's rate too.
    boolean isWhole(int bytes);

    /// The samples in `coded`, at this coding's own rate.
    short[] decode(byte[] coded);

    /// What was decoded, at 8 kHz; pieces come in the order in which they were spoken.
    short[] narrow(short[] decoded);

    /// How many bytes so many samples of 8 kHz take.
    int bytes(int samples);

    /// Writes sound of 8 kHz, a piece behind the one before it, into `coded`, which it fills.
    void encode(short[] pcm, byte[] coded);

    /// G.711 at 8 kHz.
    static SoundCoding of(G711 law) {
        return new SoundCoding() {
            @Override
            public boolean isWhole(int bytes) {
                return true;
            }

            @Override
            public short[] decode(byte[] coded) {
                return law.decode(coded);
            }

            @Override
            public short[] narrow(short[] decoded) {
                return decoded;
            }

            @Override
            public int bytes(int samples) {
                return samples;
            }

            @Override
            public void encode(short[] pcm, byte[] coded) {
                law.encode(pcm, coded);
            }
        };
    }

    /// Linear samples of 16 bits at 16 kHz, whose first byte is the high one or, by `order`, the low one.
    static SoundCoding linear(ByteOrder order) {
        return new SoundCoding() {
            private final Downsampler down = new Downsampler();
            private final Upsampler up = Upsampler.narrowBand();

            @Override
            public boolean isWhole(int bytes) {
                return bytes % 4 == 0;
            }

            @Override
            public short[] decode(byte[] coded) {
                var pcm = new short[coded.length / 2];
                ByteBuffer.wrap(coded).order(order).asShortBuffer().get(pcm);
                return pcm;
            }

            @Override
            public short[] narrow(short[] decoded) {
                return down.resample(decoded);
            }

            @Override
            public int bytes(int samples) {
                return 4 * samples;
            }

            @Override
            public void encode(short[] pcm, byte[] coded) {
                ByteBuffer.wrap(coded).order(order).asShortBuffer().put(up.resample(pcm));
            }
        };
    }
}
