package io.sandalphone.harness.measure;

/// G.711 mu-law, written apart from the controller's codec on purpose: an instrument that shared
/// the code it measures would share its faults.
public final class MuLaw {
    /// The code of digital silence.
    public static final byte SILENCE = (byte) 0xFF;

    private static final int BIAS = 0x84;
    private static final int LOUDEST = 32635;
    private static final short[] DECODED = new short[256];

    static {
        for (int code = 0; code < 256; code++) {
            int bits = ~code;
            int magnitude = ((((bits & 0x0F) << 3) + BIAS) << ((bits & 0x70) >> 4)) - BIAS;
            DECODED[code] = (short) ((bits & 0x80) != 0 ? -magnitude : magnitude);
        }
    }

    private MuLaw() {}

    public static byte encode(short sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs((int) sample), LOUDEST) + BIAS;
        // The bias makes bit 7 the lowest possible leading bit, which is segment 0.
        int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
        int step = (magnitude >> (segment + 3)) & 0x0F;
        return (byte) ~(sign | segment << 4 | step);
    }

    public static byte[] encode(short[] pcm) {
        byte[] codes = new byte[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            codes[i] = encode(pcm[i]);
        }
        return codes;
    }

    public static short decode(byte code) {
        return DECODED[code & 0xFF];
    }

    public static short[] decode(byte[] codes) {
        short[] pcm = new short[codes.length];
        for (int i = 0; i < codes.length; i++) {
            pcm[i] = decode(codes[i]);
        }
        return pcm;
    }
}
