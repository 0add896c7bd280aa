package io.sandalphone.media.codec;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Reads mono sound from bytes while they come: bare samples, or a WAV file, whose sound is found by its chunks (RIFF; Microsoft,
/// "Multimedia Programming Interface and Data Specifications 1.0"). One thread at a time.
public final class SoundReader {
    /// Nobody has others, and a filter from an odd rate to ours would be huge.
    private static final Set<Integer> RATES =
            Set.of(8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000);

    private static final int FORMAT_PCM = 1;
    private static final int FORMAT_A_LAW = 6;
    private static final int FORMAT_MU_LAW = 7;

    /// The format proper stands behind it.
    private static final int FORMAT_EXTENSIBLE = 0xFFFE;

    private static final int FORMAT_BYTES = 16;
    private static final int SUBFORMAT_AT = 24;

    /// What stands before the sound is never longer.
    private static final int MOST_HEADER = 1 << 20;

    /// Some write no length, or the greatest, while they do not know it; then the sound goes on to the end.
    private static final long UNKNOWN_FROM = 0xFFFF_F000L;

    private static final int PIECES_A_SECOND = 10;

    /// Bytes that are not the sound they should be. The message says what was found.
    public static final class FormatException extends IOException {
        @Serial private static final long serialVersionUID = 1;

        private FormatException(String found) {
            super(found);
        }
    }

    private final InputStream in;
    private final SampleCoding.Decoder decoder;
    private final int rate;
    private final byte[] piece;
    private long left;

    private SoundReader(InputStream in, SampleCoding coding, int rate, long length)
            throws IOException {
        if (!isUsual(rate)) {
            throw new FormatException("sound of " + rate + " samples a second");
        }
        this.in = in;
        this.rate = rate;
        decoder = coding.decoder();
        piece = new byte[rate / PIECES_A_SECOND * coding.bytes()];
        left = length;
    }

    /// Whether sound of this rate, in samples per second, can be read.
    public static boolean isUsual(int rate) {
        return RATES.contains(rate);
    }

    /// Reads samples that stand there without anything before them.
    public static SoundReader bare(InputStream in, SampleCoding coding, int rate)
            throws IOException {
        return new SoundReader(in, coding, rate, Long.MAX_VALUE);
    }

    /// Reads a WAV file, at once up to its sound.
    ///
    /// @throws FormatException when it is none, or not of one of the codings and usual rates
    public static SoundReader wav(InputStream in) throws IOException {
        if (!tag(in).equals("RIFF")) {
            throw new FormatException("no WAV file");
        }
        skip(in, 4);
        if (!tag(in).equals("WAVE")) {
            throw new FormatException("no WAV file");
        }
        ByteBuffer format = null;
        long header = 0;
        while (true) {
            String name = tag(in);
            long length = Integer.toUnsignedLong(bytes(in, 4).getInt());
            if (name.equals("data")) {
                return of(in, format, length);
            }
            // Chunks are padded to even lengths.
            long padded = length + (length & 1);
            header += padded;
            if (header > MOST_HEADER) {
                throw new FormatException("a WAV file without sound");
            }
            ByteBuffer chunk = bytes(in, (int) padded);
            if (name.equals("fmt ")) {
                format = chunk;
            }
        }
    }

    private static SoundReader of(InputStream in, @Nullable ByteBuffer format, long length)
            throws IOException {
        if (format == null || format.remaining() < FORMAT_BYTES) {
            throw new FormatException("a WAV file without format");
        }
        int code = Short.toUnsignedInt(format.getShort(0));
        if (code == FORMAT_EXTENSIBLE && format.remaining() >= SUBFORMAT_AT + 2) {
            code = Short.toUnsignedInt(format.getShort(SUBFORMAT_AT));
        }
        int channels = Short.toUnsignedInt(format.getShort(2));
        int bits = Short.toUnsignedInt(format.getShort(14));
        SampleCoding coding =
                switch (code) {
                    case FORMAT_PCM -> SampleCoding.PCM_16;
                    case FORMAT_A_LAW -> SampleCoding.A_LAW;
                    case FORMAT_MU_LAW -> SampleCoding.MU_LAW;
                    default -> throw new FormatException("a WAV file of format " + code);
                };
        if (channels != 1 || bits != coding.bytes() * Byte.SIZE) {
            throw new FormatException(
                    "a WAV file of %d channels, %d bits".formatted(channels, bits));
        }
        boolean unknown = length == 0 || length >= UNKNOWN_FROM;
        return new SoundReader(in, coding, format.getInt(4), unknown ? Long.MAX_VALUE : length);
    }

    private static String tag(InputStream in) throws IOException {
        return StandardCharsets.ISO_8859_1.decode(bytes(in, 4)).toString();
    }

    private static void skip(InputStream in, int count) throws IOException {
        var _ = bytes(in, count);
    }

    private static ByteBuffer bytes(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new FormatException("a WAV file that breaks off");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Samples per second.
    public int rate() {
        return rate;
    }

    /// Some more samples, as many as there are, up to a tenth of a second; null when there are no more. Blocks until there is one.
    public short @Nullable [] next() throws IOException {
        while (left > 0) {
            int read = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (read < 0) {
                return null;
            }
            left -= read;
            short[] pcm = decoder.decode(ByteBuffer.wrap(piece, 0, read));
            if (pcm.length > 0) {
                return pcm;
            }
        }
        return null;
    }
}
