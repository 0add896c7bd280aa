package io.sandalphone.harness.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

class SoundFileTest {
    @TempDir private Path folder;

    /// A second of a tone of 440 Hz, made by sox itself.
    private Path tone(String name, int rate, int channels) throws Exception {
        Path file = folder.resolve(name);
        Process sox =
                new ProcessBuilder(
                                "sox",
                                "-V1",
                                "-n",
                                "-r",
                                Integer.toString(rate),
                                "-c",
                                Integer.toString(channels),
                                file.toString(),
                                "synth",
                                "1",
                                "sine",
                                "440",
                                "vol",
                                "0.5")
                        .inheritIO()
                        .start();
        assertEquals(0, sox.waitFor());
        return file;
    }

    @ParameterizedTest
    @CsvSource({
        "mono.wav, 8000, 1",
        "wide.wav, 16000, 1",
        "stereo.wav, 44100, 2",
        "six.wav, 48000, 6",
        "sound.flac, 22050, 2",
        "sound.ogg, 44100, 1",
        "sound.aiff, 11025, 1"
    })
    void a_recording_of_any_rate_and_with_any_channels_is_the_same_sound(
            String name, int rate, int channels) throws Exception {
        short[] pcm = SoundFile.read(tone(name, rate, channels));

        assertEquals(8000, pcm.length, 300, "a second at 8 kHz");
        long crossings =
                IntStream.range(1, pcm.length).filter(i -> pcm[i - 1] < 0 && pcm[i] >= 0).count();
        assertEquals(440.0, (double) crossings, 12.0);
        int loudest = IntStream.range(0, pcm.length).map(i -> Math.abs(pcm[i])).max().orElse(0);
        assertEquals(16_384, loudest, 1_200);
    }

    private static String refusal(Path file) {
        var refused = assertThrows(IOException.class, () -> SoundFile.read(file));
        return String.valueOf(refused.getMessage());
    }

    @Test
    void a_file_that_is_no_sound_says_what_to_do() throws Exception {
        Path file = Files.writeString(folder.resolve("words.mp3"), "no sound at all");

        String message = refusal(file);

        assertTrue(message.contains("words.mp3"), message);
        assertTrue(message.contains("ffmpeg"), message);
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        Path file = folder.resolve("nowhere.wav");

        String message = refusal(file);

        assertTrue(message.contains("nowhere.wav"), message);
    }

    @Test
    void words_are_not_taken_for_a_recording() {
        assertFalse(SoundFile.isNamedBy("Where is the nearest hospital?"));
        assertFalse(SoundFile.isNamedBy("I paid 3.50"));
        assertTrue(SoundFile.isNamedBy("question.WAV"));
        assertTrue(SoundFile.isNamedBy("/tmp/question.m4a"));
    }
}
