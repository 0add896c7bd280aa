package io.sandalphone.harness.measure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A recording in any format that SoX reads, at any rate, with any number of channels.
public final class SoundFile {
    /// What the end of a file's name says, for the formats that SoX reads with the packages listed in
    /// `scripts/lib/packages.txt`, and for those that people try all the same.
    private static final Set<String> ENDS =
            Set.of(
                    "wav", "flac", "ogg", "mp3", "aif", "aiff", "au", "gsm", "sln", "opus", "m4a",
                    "aac", "wma", "webm");

    private static final int RATE = 8000;

    private SoundFile() {}

    /// Whether `wish` names a recording rather than being words to speak.
    public static boolean isNamedBy(String wish) {
        int dot = wish.lastIndexOf('.');
        return dot >= 0 && ENDS.contains(wish.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /// The sound of `file` at 8 kHz, all channels mixed into one.
    ///
    /// @throws IOException when the file is not there, is no sound, or holds none; the message says
    ///     what to do
    public static short[] read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + ": not found, or not readable");
        }
        Process sox;
        try {
            sox =
                    new ProcessBuilder(
                                    List.of(
                                            "sox",
                                            "-V1",
                                            file.toAbsolutePath().toString(),
                                            "-t",
                                            "raw",
                                            "-e",
                                            "signed-integer",
                                            "-b",
                                            "16",
                                            "-L",
                                            "-c",
                                            "1",
                                            "-r",
                                            Integer.toString(RATE),
                                            "-"))
                            .start();
        } catch (IOException e) {
            throw new IOException("sox, which reads recordings, is not installed", e);
        }
        sox.getOutputStream().close();
        byte[] pcm = sox.getInputStream().readAllBytes();
        // It writes at most a few lines there, which the pipe holds meanwhile.
        String complaint = text(sox.getErrorStream());
        int status;
        try {
            status = sox.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading " + file, e);
        }
        if (status != 0) {
            throw new IOException(
                    "%s cannot be read (%s). WAV, FLAC, OGG, MP3 and AIFF can; ffmpeg converts others: ffmpeg -i %s sound.wav"
                            .formatted(file, complaint, file.getFileName()));
        }
        if (pcm.length < 2) {
            throw new IOException(file + " holds no sound");
        }
        short[] samples = new short[pcm.length / 2];
        ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
