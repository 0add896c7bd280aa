package io.sandalphone.harness.recognition;

import io.sandalphone.harness.measure.SoundFile;
import io.sandalphone.speech.Language;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// A person's recording that a Debian package brings, and its words. The list of them is
/// `known-recordings.tsv`, which says how it was made.
///
/// @param language what is spoken
/// @param file where the package puts it
/// @param text what is said
public record KnownRecording(Language language, Path file, String text) {
    private static final String LIST = "known-recordings.tsv";

    /// All that are listed.
    public static List<KnownRecording> all() throws IOException {
        try (InputStream list =
                Objects.requireNonNull(KnownRecording.class.getResourceAsStream(LIST))) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(KnownRecording::of)
                    .toList();
        }
    }

    /// Those in `language` that are installed. Throws when none is.
    public static List<KnownRecording> installed(Language language) throws IOException {
        List<KnownRecording> there =
                all().stream()
                        .filter(each -> each.language.base().equals(language.base()))
                        .filter(each -> Files.isReadable(each.file))
                        .toList();
        if (there.isEmpty()) {
            throw new IOException("no recording of " + LIST + " is installed in " + language);
        }
        return there;
    }

    private static KnownRecording of(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != 3) {
            throw new IllegalArgumentException(LIST + ": " + line);
        }
        return new KnownRecording(new Language(cells[0]), Path.of(cells[1]), cells[2]);
    }

    /// Its sound at 8 kHz.
    public short[] pcm() throws IOException {
        return SoundFile.read(file);
    }
}
