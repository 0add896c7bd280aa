package io.sandalphone.harness.measure;

/// G.711 A-law, written apart from the controller's codec on purpose, as [MuLaw] is.
public final class ALaw {
    // Every other bit is sent inverted (ITU-T G.711, 3).
    private static final int INVERTED = 0x55;
    private static final int POSITIVE = 0x80;
    private static final short[] DECODED = new short[256];

    static {
        for (int code = 0; code < 256; code++) {
            int bits = code ^ INVERTED;
            int segment = bits >> 4 & 0x07;
            int step = (bits & 0x0F) << 4;
            // The middle of the step; the two lowest segments have steps of one size.
            int magnitude = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1);
            DECODED[code] = (short) ((bits & POSITIVE) != 0 ? magnitude : -magnitude);
        }
    }

    private ALaw() {}

    public static byte encode(short sample) {
        int sign = sample < 0 ? 0 : POSITIVE;
        int magnitude = (sample < 0 ? ~sample : sample) >> 4;
        int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
        int step = magnitude >> Math.max(0, segment - 1) & 0x0F;
        return (byte) ((sign | segment << 4 | step) ^ INVERTED);
    }

    public static short decode(byte code) {
        return DECODED[code & 0xFF];
    }
}
