package io.sandalphone.media.codec;

import java.nio.ByteBuffer;

/// The telephone's two companding laws (ITU-T G.711): one byte for each sample of 16-bit linear PCM
/// at 8 kHz. Bit-exact with the reference implementation (ITU-T G.191, `g711.c`): mu-law sees the
/// upper 14 bits of a sample, A-law the upper 12.
// Tables are arrays; nobody writes them after construction.
@SuppressWarnings("ImmutableEnumChecker")
public enum G711 {
    /// North America and Japan. Silence is `0xFF`.
    MU_LAW(14) {
        @Override
        byte compress(int level) {
            int magnitude = Math.min((level < 0 ? ~level : level) + 33, 0x1fff);
            int segment = Math.max(1, 27 - Integer.numberOfLeadingZeros(magnitude));
            int code = (8 - segment) << 4 | (0xf - (magnitude >> segment & 0xf));
            return (byte) (level < 0 ? code : code | 0x80);
        }

        @Override
        short expand(int code) {
            int exponent = ~code >> 4 & 0x7;
            int step = 8 << exponent;
            int magnitude = (0x80 << exponent) + step * (~code & 0xf) + step / 2 - 4 * 33;
            return (short) (code < 0x80 ? -magnitude : magnitude);
        }
    },

    /// Everywhere else. Silence is `0xD5`.
    A_LAW(12) {
        @Override
        byte compress(int level) {
            int magnitude = (level < 0 ? ~level : level);
            if (magnitude > 15) {
                int exponent = 28 - Integer.numberOfLeadingZeros(magnitude);
                magnitude = (magnitude >> (exponent - 1)) - 16 + (exponent << 4);
            }
            return (byte) ((level < 0 ? magnitude : magnitude | 0x80) ^ 0x55);
        }

        @Override
        short expand(int code) {
            int bits = (code ^ 0x55) & 0x7f;
            int exponent = bits >> 4;
            int mantissa = exponent > 0 ? (bits & 0xf) + 16 : bits & 0xf;
            int magnitude = ((mantissa << 4) + 8) << Math.max(0, exponent - 1);
            return (short) (code < 0x80 ? -magnitude : magnitude);
        }
    };

    private final int shift;
    private final int mask;
    private final byte[] codes;
    private final short[] levels = new short[256];

    G711(int bits) {
        shift = 16 - bits;
        mask = (1 << bits) - 1;
        codes = new byte[1 << bits];
        for (int index = 0; index < codes.length; index++) {
            int signed = index << (32 - bits) >> (32 - bits);
            codes[index] = compress(signed);
        }
        for (int code = 0; code < levels.length; code++) {
            levels[code] = expand(code);
        }
    }

    /// The code of a sample already cut to the law's width.
    abstract byte compress(int level);

    /// The 16-bit sample that `code` (0 to 255) stands for.
    abstract short expand(int code);

    /// The code whose interval holds `sample`.
    public byte encode(short sample) {
        return codes[sample >> shift & mask];
    }

    /// The sample that `code` stands for.
    public short decode(byte code) {
        return levels[code & 0xff];
    }

    /// Writes the codes of `pcm` into `to`, starting at `offset`. Leaves the buffer's position alone.
    public void encode(short[] pcm, ByteBuffer to, int offset) {
        for (int i = 0; i < pcm.length; i++) {
            to.put(offset + i, encode(pcm[i]));
        }
    }

    /// The samples of the `length` codes in `from`, starting at `offset`. Leaves the buffer's position
    /// alone.
    public short[] decode(ByteBuffer from, int offset, int length) {
        var pcm = new short[length];
        for (int i = 0; i < length; i++) {
            pcm[i] = decode(from.get(offset + i));
        }
        return pcm;
    }

    /// Writes the codes of `pcm` into the beginning of `to`.
    public void encode(short[] pcm, byte[] to) {
        for (int i = 0; i < pcm.length; i++) {
            to[i] = encode(pcm[i]);
        }
    }

    /// The samples of all of `codes`.
    public short[] decode(byte[] codes) {
        var pcm = new short[codes.length];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = decode(codes[i]);
        }
        return pcm;
    }
}
