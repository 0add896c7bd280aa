package io.sandalphone.providers.polly;

import io.sandalphone.media.codec.G711;

import software.amazon.awssdk.services.polly.model.OutputFormat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The forms of 8 kHz audio to choose from.
public enum AudioFormat {
    /// G.711 mu-law, a byte a sample: the telephone's own.
    MULAW(OutputFormat.MULAW),
    /// Signed 16-bit little-endian PCM: twice the bytes, and a little less noise.
    PCM(OutputFormat.PCM);

    private final OutputFormat wire;

    AudioFormat(OutputFormat wire) {
        this.wire = wire;
    }

    OutputFormat wire() {
        return wire;
    }

    /// A decoder for one stream of this format.
    Decoder decoder() {
        return switch (this) {
            case MULAW -> new MuLawDecoder();
            case PCM -> new PcmDecoder();
        };
    }

    /// Turns the bytes of one stream, in pieces of any length, into samples.
    interface Decoder {
        /// The samples that are whole now. A part of one is kept for the next piece.
        short[] decode(ByteBuffer bytes);

        /// How many bytes are kept.
        int rest();
    }

    private static final class MuLawDecoder implements Decoder {
        @Override
        public short[] decode(ByteBuffer bytes) {
            return G711.MU_LAW.decode(bytes, bytes.position(), bytes.remaining());
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
