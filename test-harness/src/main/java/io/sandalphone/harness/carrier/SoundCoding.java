package io.sandalphone.harness.carrier;

import io.sandalphone.harness.measure.ALaw;
import io.sandalphone.harness.measure.MuLaw;

/// How 20 ms of telephone sound (8 kHz) are written on a stream. One object serves one direction of
/// one stream.
public interface SoundCoding {
    /// The bytes of 160 samples.
    byte[] encode(short[] frame);

    /// The 160 samples of [#frameBytes] bytes.
    short[] decode(byte[] bytes);

    /// How many bytes a frame has.
    int frameBytes();

    /// What fills up a frame that is too short.
    byte silence();

    /// G.711 mu-law.
    static SoundCoding pcmu() {
        return new SoundCoding() {
            @Override
            public byte[] encode(short[] frame) {
                return MuLaw.encode(frame);
            }

            @Override
            public short[] decode(byte[] bytes) {
                return MuLaw.decode(bytes);
            }

            @Override
            public int frameBytes() {
                return 160;
            }

            @Override
            public byte silence() {
                return MuLaw.SILENCE;
            }
        };
    }

    /// G.711 A-law.
    static SoundCoding pcma() {
        return new SoundCoding() {
            @Override
            public byte[] encode(short[] frame) {
                byte[] codes = new byte[frame.length];
                for (int i = 0; i < codes.length; i++) {
                    codes[i] = ALaw.encode(frame[i]);
                }
                return codes;
            }

            @Override
            public short[] decode(byte[] bytes) {
                short[] frame = new short[bytes.length];
                for (int i = 0; i < frame.length; i++) {
                    frame[i] = ALaw.decode(bytes[i]);
                }
                return frame;
            }

            @Override
            public int frameBytes() {
                return 160;
            }

            @Override
            public byte silence() {
                return (byte) 0xD5;
            }
        };
    }
}
