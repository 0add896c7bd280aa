package io.sandalphone.media.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How the samples of mono sound are written as bytes.
public enum SampleCoding {
    /// Signed 16 bit, least significant byte first.
    PCM_16(2),
    /// G.711 mu-law, a byte a sample.
    MU_LAW(1),
    /// G.711 A-law, a byte a sample.
    A_LAW(1);

    private final int bytes;

    SampleCoding(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes of a sample.
    public int bytes() {
        return bytes;
    }

    /// A decoder for one stream.
    public Decoder decoder() {
        return switch (this) {
            case PCM_16 -> new PcmDecoder();
            case MU_LAW -> new LawDecoder(G711.MU_LAW);
            case A_LAW -> new LawDecoder(G711.A_LAW);
        };
    }

    /// Turns the bytes of one stream, in pieces of any length, into samples. One thread at a time.
    public interface Decoder {
        /// The samples that are whole now. A part of one is kept for the next piece.
        short[] decode(ByteBuffer bytes);

        /// How many bytes are kept.
        int rest();
    }

    private record LawDecoder(G711 law) implements Decoder {
        @Override
        public short[] decode(ByteBuffer bytes) {
            return law.decode(bytes, bytes.position(), bytes.remaining());
        }

        @Override
        public int rest() {
            return 0;
        }
    }

    private static final class PcmDecoder implements Decoder {
        private static final int NONE = -1;

        /// The first half of a sample whose second half comes with the next piece.
        private int half = NONE;

        @Override
        public short[] decode(ByteBuffer bytes) {
            var in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
            var pcm = new short[(in.remaining() + (half == NONE ? 0 : 1)) / 2];
            int at = 0;
            if (half != NONE && in.hasRemaining()) {
                pcm[at++] = (short) (in.get() << 8 | half);
                half = NONE;
            }
            while (in.remaining() >= 2) {
                pcm[at++] = in.getShort();
            }
            if (in.hasRemaining()) {
                half = in.get() & 0xff;
            }
            return pcm;
        }

        @Override
        public int rest() {
            return half == NONE ? 0 : 1;
        }
    }
}
