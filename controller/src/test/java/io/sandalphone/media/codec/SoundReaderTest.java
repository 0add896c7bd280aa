package io.sandalphone.media.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.media.codec.SoundReader.FormatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class SoundReaderTest {
    private static final short[] SOUND = {0, 1, -1, 255, 256, -256, 32767, -32768, 12345, -9876};

    private static short[] read(SoundReader reader) throws IOException {
        short[] all = {};
        for (short[] pcm = reader.next(); pcm != null; pcm = reader.next()) {
            int before = all.length;
            all = Arrays.copyOf(all, before + pcm.length);
            System.arraycopy(pcm, 0, all, before, pcm.length);
        }
        return all;
    }

    /// Gives so many bytes at a time, as a network may.
    private static final class Dripping extends InputStream {
        private final InputStream bytes;
        private final int count;

        Dripping(byte[] bytes, int count) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.count = count;
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] to, int at, int length) throws IOException {
            return bytes.read(to, at, Math.min(length, count));
        }
    }

    /// A file of `chunks`, with the lengths that are said.
    private static byte[] wav(Object... chunks) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("RIFF\u0000\u0000\u0000\u0000WAVE".getBytes(StandardCharsets.ISO_8859_1));
        for (Object chunk : chunks) {
            bytes.writeBytes((byte[]) chunk);
        }
        return bytes.toByteArray();
    }

    private static byte[] chunk(String name, int length, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(name.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(length)
                .put(content)
                .array();
    }

    private static byte[] format(int code, int channels, int rate, int bits) {
        return chunk(
                "fmt ",
                16,
                ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) code)
                        .putShort((short) channels)
                        .putInt(rate)
                        .putInt(rate * channels * bits / 8)
                        .putShort((short) (channels * bits / 8))
                        .putShort((short) bits)
                        .array());
    }

    private static byte[] samples() {
        ByteBuffer bytes = ByteBuffer.allocate(2 * SOUND.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(SOUND);
        return bytes.array();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void what_is_written_is_read_however_it_comes(int count) throws IOException {
        SoundReader reader = SoundReader.wav(new Dripping(WavFile.of(SOUND, 22_050), count));
        assertEquals(22_050, reader.rate());
        assertArrayEquals(SOUND, read(reader));
    }

    @Test
    void chunks_before_and_behind_the_sound_are_none_of_it() throws IOException {
        byte[] file =
                wav(
                        chunk("LIST", 3, new byte[4]),
                        format(1, 1, 16_000, 16),
                        chunk("data", 2 * SOUND.length, samples()),
                        chunk("LIST", 4, new byte[] {9, 9, 9, 9}));
        assertArrayEquals(SOUND, read(SoundReader.wav(new ByteArrayInputStream(file))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 0x7fff_fff0})
    void a_length_that_is_not_known_goes_on_to_the_end(int length) throws IOException {
        byte[] file = wav(format(1, 1, 24_000, 16), chunk("data", length, samples()));
        assertArrayEquals(SOUND, read(SoundReader.wav(new ByteArrayInputStream(file))));
    }

    @ParameterizedTest
    @CsvSource({"7, MU_LAW", "6, A_LAW"})
    void the_telephones_own_codings_are_read(int code, SampleCoding coding) throws IOException {
        byte[] codes = {(byte) 0xff, 0x7f, 0, (byte) 0x80, 0x42};
        byte[] file = wav(format(code, 1, 8000, 8), chunk("data", codes.length, codes));
        assertArrayEquals(
                coding.decoder().decode(ByteBuffer.wrap(codes)),
                read(SoundReader.wav(new ByteArrayInputStream(file))));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, 8000, 16",
        "1, 1, 8000, 8",
        "3, 1, 8000, 32",
        "7, 1, 8000, 16",
        "1, 1, 8001, 16",
        "1, 1, -1, 16"
    })
    void what_no_telephone_needs_is_refused(int code, int channels, int rate, int bits) {
        byte[] file = wav(format(code, channels, rate, bits), chunk("data", 4, new byte[4]));
        assertThrows(FormatException.class, () -> SoundReader.wav(new ByteArrayInputStream(file)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "RIFF",
                "{\"error\": 7}....",
                "RIFFxxxxWAVE",
                "RIFFxxxxWAVEdata\0\0\0\0"
            })
    void what_is_no_file_is_refused(String bytes) {
        byte[] file = bytes.getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(FormatException.class, () -> SoundReader.wav(new ByteArrayInputStream(file)));
    }

    @Test
    void a_header_without_end_is_cut_off() {
        byte[] file = wav(chunk("junk", 0x7fff_fff0, new byte[100]));
        assertThrows(FormatException.class, () -> SoundReader.wav(new ByteArrayInputStream(file)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void bare_samples_are_whole_again_however_they_were_cut(int count) throws IOException {
        assertArrayEquals(
                SOUND,
                read(
                        SoundReader.bare(
                                new Dripping(samples(), count), SampleCoding.PCM_16, 24_000)));
    }
}
