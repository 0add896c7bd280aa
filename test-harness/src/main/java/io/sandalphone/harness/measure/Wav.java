package io.sandalphone.harness.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A mono sound file (RIFF WAVE): `pcm` at `rate` samples per second.
///
/// Reads 8 and 16 bit PCM and mu-law. A file whose writer was ended before it filled in the lengths
/// is read to the end of the file.
// An array, because sound is megabytes of primitives; nobody compares files by value.
@SuppressWarnings("ArrayRecordComponent")
public record Wav(short[] pcm, int rate) {
    private static final int PCM = 1;
    private static final int MU_LAW = 7;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int CHUNK_HEADER = 8;

    /// How long the sound lasts, in milliseconds.
    public long millis() {
        return pcm.length * 1000L / rate;
    }

    /// Throws [IOException] with what was found when the file is not one of those this class reads.
    public static Wav read(Path file) throws IOException {
        return of(Files.readAllBytes(file), file.toString());
    }

    /// The same of a file's `content`, which is called `file` in messages.
    public static Wav of(byte[] content, String file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < 12 || !tag(bytes).equals("RIFF") || !tag(bytes, 8).equals("WAVE")) {
            throw new IOException(file + " is not a RIFF WAVE file");
        }
        bytes.position(12);
        Format format = null;
        while (bytes.remaining() >= CHUNK_HEADER) {
            String name = tag(bytes);
            bytes.position(bytes.position() + 4);
            long length = Integer.toUnsignedLong(bytes.getInt());
            int start = bytes.position();
            if (name.equals("fmt ")) {
                format = Format.read(bytes, file);
            } else if (name.equals("data")) {
                if (format == null) {
                    throw new IOException(file + " has its sound before its format");
                }
                boolean unfinished = length == 0 || length > bytes.remaining();
                int size = unfinished ? bytes.remaining() : (int) length;
                return new Wav(format.decode(bytes.slice(start, size)), format.rate);
            }
            // Chunks are padded to even lengths.
            bytes.position((int) Math.min(bytes.limit(), start + length + (length & 1)));
        }
        throw new IOException(file + " holds no sound");
    }

    /// Writes 16 bit PCM.
    public void write(Path file) throws IOException {
        Files.write(file, bytes());
    }

    /// The whole file, as 16 bit PCM.
    public byte[] bytes() {
        ByteBuffer data = ByteBuffer.allocate(pcm.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        data.asShortBuffer().put(pcm);
        return file(PCM, 16, data.array());
    }

    /// Writes mu-law, a byte per sample.
    public void writeMuLaw(Path file) throws IOException {
        Files.write(file, file(MU_LAW, 8, MuLaw.encode(pcm)));
    }

    private byte[] file(int coding, int bits, byte[] data) {
        int padding = data.length & 1;
        ByteBuffer out = ByteBuffer.allocate(44 + data.length + padding);
        out.order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(36 + data.length + padding).put(ascii("WAVEfmt "));
        out.putInt(16).putShort((short) coding).putShort((short) 1);
        out.putInt(rate).putInt(rate * bits / 8);
        out.putShort((short) (bits / 8)).putShort((short) bits);
        out.put(ascii("data")).putInt(data.length).put(data);
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String tag(ByteBuffer bytes) {
        return tag(bytes, bytes.position());
    }

    private static String tag(ByteBuffer bytes, int at) {
        return StandardCharsets.US_ASCII.decode(bytes.slice(at, 4)).toString();
    }

    private record Format(int coding, int rate, int bits) {
        static Format read(ByteBuffer bytes, String file) throws IOException {
            int start = bytes.position();
            if (bytes.remaining() < 16) {
                throw new IOException(file + " ends within its format");
            }
            int coding = Short.toUnsignedInt(bytes.getShort(start));
            int channels = bytes.getShort(start + 2);
            int rate = bytes.getInt(start + 4);
            int bits = bytes.getShort(start + 14);
            if (coding == EXTENSIBLE && bytes.remaining() >= 26) {
                coding = Short.toUnsignedInt(bytes.getShort(start + 24));
            }
            boolean known = coding == PCM && (bits == 8 || bits == 16);
            known |= coding == MU_LAW && bits == 8;
            if (!known || channels != 1) {
                throw new IOException(
                        ("%s has coding %d, %d bits, %d channels;"
                                        + " expected mono PCM of 8 or 16 bits or mu-law")
                                .formatted(file, coding, bits, channels));
            }
            return new Format(coding, rate, bits);
        }

        short[] decode(ByteBuffer data) {
            data.order(ByteOrder.LITTLE_ENDIAN);
            short[] pcm = new short[data.remaining() * 8 / bits];
            for (int i = 0; i < pcm.length; i++) {
                if (coding == MU_LAW) {
                    pcm[i] = MuLaw.decode(data.get(i));
                } else if (bits == 16) {
                    pcm[i] = data.getShort(2 * i);
                } else {
                    // 8 bit PCM is the one format of the family that is unsigned.
                    pcm[i] = (short) (((data.get(i) & 0xFF) - 128) << 8);
                }
            }
            return pcm;
        }
    }
}
