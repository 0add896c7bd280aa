package io.sandalphone.harness.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

class WavTest {
    private static final short[] SOUND = {0, 1, -1, 1000, Short.MAX_VALUE, Short.MIN_VALUE, 7};

    @TempDir Path folder;

    private Path file() {
        return folder.resolve("sound.wav");
    }

    @Test
    void what_is_written_is_read_again() throws IOException {
        new Wav(SOUND, 16000).write(file());
        Wav wav = Wav.read(file());
        assertArrayEquals(SOUND, wav.pcm());
        assertEquals(16000, wav.rate());
    }

    @Test
    void mu_law_is_read_back_as_mu_law_has_it() throws IOException {
        new Wav(SOUND, 8000).writeMuLaw(file());
        assertArrayEquals(MuLaw.decode(MuLaw.encode(SOUND)), Wav.read(file()).pcm());
    }

    @Test
    void others_read_what_is_written() throws Exception {
        new Wav(new short[8000], 8000).write(file());
        AudioFileFormat format = AudioSystem.getAudioFileFormat(file().toFile());
        assertEquals(8000, format.getFrameLength());
        assertEquals(16, format.getFormat().getSampleSizeInBits());
    }

    @Test
    void eight_bits_written_by_others_are_read() throws IOException {
        AudioFormat format = new AudioFormat(11025, 8, 1, false, false);
        byte[] samples = {(byte) 0, (byte) 128, (byte) 255};
        var stream = new AudioInputStream(new ByteArrayInputStream(samples), format, 3);
        AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file().toFile());
        assertArrayEquals(new short[] {-32768, 0, 32512}, Wav.read(file()).pcm());
    }

    @Test
    void a_file_whose_writer_was_ended_is_read_to_its_end() throws IOException {
        new Wav(SOUND, 8000).write(file());
        byte[] bytes = Files.readAllBytes(file());
        Arrays.fill(bytes, 40, 44, (byte) 0);
        Files.write(file(), bytes);
        assertArrayEquals(SOUND, Wav.read(file()).pcm());
    }

    @Test
    void a_file_that_is_something_else_is_named_with_what_was_found() throws IOException {
        Files.writeString(file(), "no sound, but long enough to look at");
        var failure = assertThrows(IOException.class, () -> Wav.read(file()));
        assertTrue(failure.toString().endsWith("sound.wav is not a RIFF WAVE file"));
    }

    @Test
    void stereo_is_refused_rather_than_misread() throws IOException {
        AudioFormat format = new AudioFormat(8000, 16, 2, true, false);
        var stream = new AudioInputStream(new ByteArrayInputStream(new byte[8]), format, 2);
        AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file().toFile());
        var failure = assertThrows(IOException.class, () -> Wav.read(file()));
        assertTrue(failure.toString().contains("2 channels"), failure.toString());
    }
}
