package io.sandalphone.harness.lab;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// Copies of telephone-band WAV files, followed by silence.
final class WavPadding {
    private static final int RATE = 8000;
    private static final int BYTES_PER_SAMPLE = 2;
    static final int BYTES_PER_SECOND = RATE * BYTES_PER_SAMPLE;
    // RIFF files count the bytes after the first two words, and the bytes of the samples.
    private static final int RIFF_SIZE_AT = 4;
    private static final int DATA_SIZE_AT = 40;
    static final int HEADER = 44;

    private WavPadding() {}

    /// The silence takes no space: the end of the file is left unwritten.
    static void copyWithSilence(Path source, Path target, Duration silence) throws IOException {
        try (AudioInputStream sound =
                AudioSystem.getAudioInputStream(
                        new BufferedInputStream(Files.newInputStream(source)))) {
            AudioFormat format = sound.getFormat();
            if (format.getSampleRate() != RATE
                    || format.getChannels() != 1
                    || format.getSampleSizeInBits() != BYTES_PER_SAMPLE * 8) {
                throw new IllegalArgumentException(
                        source + ": expected 8 kHz, mono, 16 bit, found " + format);
            }
            AudioSystem.write(sound, AudioFileFormat.Type.WAVE, target.toFile());
        } catch (UnsupportedAudioFileException e) {
            throw new IllegalArgumentException(source + ": not a WAV file", e);
        }
        try (var file = new RandomAccessFile(target.toFile(), "rw")) {
            long length = file.length() + silence.toSeconds() * BYTES_PER_SECOND;
            file.setLength(length);
            file.seek(RIFF_SIZE_AT);
            file.writeInt(Integer.reverseBytes(Math.toIntExact(length - 8)));
            file.seek(DATA_SIZE_AT);
            file.writeInt(Integer.reverseBytes(Math.toIntExact(length - HEADER)));
        }
    }
}
