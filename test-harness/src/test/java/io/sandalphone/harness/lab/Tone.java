package io.sandalphone.harness.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// A steady tone in a WAV file, and how much of a file is that tone.
record Tone(int hertz) {
    private static final int RATE = 8000;
    private static final int AMPLITUDE = 8000;
    private static final int BLOCK = RATE / 10;

    void write(Path file, Duration length) throws IOException {
        int samples = (int) (length.toMillis() * RATE / 1000);
        var bytes = new byte[2 * samples];
        for (int i = 0; i < samples; i++) {
            int value = (int) (AMPLITUDE * Math.sin(2 * Math.PI * hertz * i / RATE));
            bytes[2 * i] = (byte) value;
            bytes[2 * i + 1] = (byte) (value >> 8);
        }
        var format = new AudioFormat(RATE, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(bytes), format, samples),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }

    /// The time for which the tone is heard, at half its level or more, to 100 ms.
    Duration heardIn(Path file) throws IOException, UnsupportedAudioFileException {
        try (AudioInputStream sound = AudioSystem.getAudioInputStream(file.toFile())) {
            byte[] bytes = sound.readAllBytes();
            int blocks = 0;
            for (int at = 0; at + 2 * BLOCK <= bytes.length; at += 2 * BLOCK) {
                if (level(bytes, at) > AMPLITUDE / 2.0) {
                    blocks++;
                }
            }
            return Duration.ofMillis(100L * blocks);
        }
    }

    private double level(byte[] bytes, int from) {
        double cosine = 0;
        double sine = 0;
        for (int i = 0; i < BLOCK; i++) {
            int value = (bytes[from + 2 * i] & 0xff) | (bytes[from + 2 * i + 1] << 8);
            cosine += value * Math.cos(2 * Math.PI * hertz * i / RATE);
            sine += value * Math.sin(2 * Math.PI * hertz * i / RATE);
        }
        return 2 * Math.hypot(cosine, sine) / BLOCK;
    }
}
