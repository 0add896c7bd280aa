package io.sandalphone.harness.sip;

import io.sandalphone.harness.measure.ALaw;
import io.sandalphone.harness.measure.MuLaw;

import java.util.Optional;

/// What a telephone can speak: G.711 at 8 kHz, by one of its two laws (RFC 3551, 6).
public enum Codec {
    PCMU(0) {
        @Override
        byte encode(short sample) {
            return MuLaw.encode(sample);
        }

        @Override
        short decode(byte code) {
            return MuLaw.decode(code);
        }
    },
    PCMA(8) {
        @Override
        byte encode(short sample) {
            return ALaw.encode(sample);
        }

        @Override
        short decode(byte code) {
            return ALaw.decode(code);
        }
    };

    private final int payloadType;

    Codec(int payloadType) {
        this.payloadType = payloadType;
    }

    /// The RTP payload type.
    public int payloadType() {
        return payloadType;
    }

    static Optional<Codec> of(int payloadType) {
        for (Codec codec : values()) {
            if (codec.payloadType == payloadType) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }

    abstract byte encode(short sample);

    abstract short decode(byte code);

    short[] decode(byte[] codes) {
        short[] pcm = new short[codes.length];
        for (int i = 0; i < codes.length; i++) {
            pcm[i] = decode(codes[i]);
        }
        return pcm;
    }

    byte[] encode(short[] pcm) {
        byte[] codes = new byte[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            codes[i] = encode(pcm[i]);
        }
        return codes;
    }
}
