package io.sandalphone.harness.bench;

import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.speech.Language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// A sentence that a person says, as a telephone brings it, with its words: of the recordings that come
/// with Asterisk's packages those of one to nine seconds whose text is plain.
///
/// @param pcm at 8 kHz, through mu-law
// An array, because sound is megabytes of primitives; nobody compares recordings by value.
@SuppressWarnings("ArrayRecordComponent")
record LocalRecording(String name, String text, short[] pcm) {
    private static final Path SOUNDS = Path.of("/usr/share/asterisk/sounds");
    private static final Path TEXTS = Path.of("/usr/share/doc");
    private static final int SHORTEST = 8000;
    private static final int LONGEST = 9 * 8000;

    /// Words a second that people say; where it seems to be more or fewer, the text is of another recording.
    private static final double SLOWEST = 1.2;

    private static final double FASTEST = 4.5;

    /// Those in `language`, English or Spanish, in the order of their names. Throws when the texts or the
    /// sounds are not there.
    static List<LocalRecording> in(Language language) throws IOException {
        boolean spanish = language.base().equals("es");
        Path sounds = SOUNDS.resolve(spanish ? "es_MX_f_Allison" : "en_US_f_Allison");
        List<LocalRecording> recordings = new ArrayList<>();
        for (String line : lines(spanish ? "core-sounds-es" : "core-sounds-en")) {
            int colon = line.indexOf(':');
            if (colon < 0 || line.startsWith(";")) {
                continue;
            }
            String name = line.substring(0, colon).strip();
            String text = line.substring(colon + 1).strip();
            Path file = sounds.resolve(name + ".wav");
            if (!plain(name, text) || !Files.exists(file)) {
                continue;
            }
            short[] pcm = Wav.read(file).pcm();
            double rate = text.split("\\s+", -1).length * 8000.0 / pcm.length;
            if (pcm.length >= SHORTEST
                    && pcm.length <= LONGEST
                    && rate >= SLOWEST
                    && rate <= FASTEST) {
                recordings.add(new LocalRecording(name, text, overTelephone(pcm)));
            }
        }
        if (recordings.isEmpty()) {
            throw new IOException("no recordings in " + sounds);
        }
        return recordings;
    }

    /// Sentences, and no sounds, digits or letters.
    private static boolean plain(String name, String text) {
        return !name.contains("/")
                && text.matches("[\\p{L}\\s.,;:!?¡¿'\"-]+")
                && text.split("\\s+", -1).length >= 3;
    }

    private static short[] overTelephone(short[] pcm) {
        short[] heard = new short[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            heard[i] = MuLaw.decode(MuLaw.encode(pcm[i]));
        }
        return heard;
    }

    /// Of the text file `name`, wherever its package has it.
    private static List<String> lines(String name) throws IOException {
        try (Stream<Path> folders = Files.list(TEXTS)) {
            for (Path folder :
                    folders.filter(
                                    each ->
                                            each.getFileName()
                                                    .toString()
                                                    .startsWith("asterisk-core-sounds"))
                            .sorted()
                            .toList()) {
                for (String ending : List.of(".txt", ".txt.gz")) {
                    Path file = folder.resolve(name + ending);
                    if (Files.exists(file)) {
                        return read(file);
                    }
                }
            }
        }
        throw new IOException(
                "the texts of the recordings are missing: install asterisk-%s".formatted(name));
    }

    private static List<String> read(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                var reader =
                        new BufferedReader(
                                new InputStreamReader(
                                        file.toString().endsWith(".gz")
                                                ? new GZIPInputStream(bytes)
                                                : bytes,
                                        StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
