package io.sandalphone.harness.sounds;

import io.sandalphone.harness.measure.Wav;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Recordings of human voices that are on every machine with Asterisk's packages: English and Mexican
/// Spanish.
public final class Speech {
    private static final Path SOUNDS = Path.of("/usr/share/asterisk/sounds");
    private static final List<String> SPEAKERS = List.of("en_US_f_Allison", "es_MX_f_Allison");

    /// Those without words.
    private static final Pattern WORDLESS =
            Pattern.compile(
                    ".*(beep|2tone|/tt-|screaming|monkey|confbridge-join|confbridge-leave|silence/).*");

    private static final int FRAME = 160;

    private Speech() {}

    static List<Path> recordings() {
        return SPEAKERS.stream().map(SOUNDS::resolve).flatMap(Speech::recordings).toList();
    }

    private static Stream<Path> recordings(Path speaker) {
        try (Stream<Path> files = Files.walk(speaker)) {
            return files
                    .filter(file -> file.toString().endsWith(".wav"))
                    .filter(file -> !WORDLESS.matcher(file.toString()).matches())
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Some sentences of one speaker after another, 1.5 s apart, 10 s or longer.
    static List<double[]> talks() {
        return List.of(
                talk(
                        "en_US_f_Allison/agent-newlocation",
                        "en_US_f_Allison/conf-adminmenu",
                        "en_US_f_Allison/cannot-complete-as-dialed"),
                talk(
                        "es_MX_f_Allison/agent-newlocation",
                        "es_MX_f_Allison/vm-nobodyavail",
                        "es_MX_f_Allison/vm-review-urgent",
                        "es_MX_f_Allison/vm-review"));
    }

    private static double[] talk(String... names) {
        double[] talk = {};
        for (String name : names) {
            double[] sentence = read(SOUNDS.resolve(name + ".wav"));
            int at = talk.length == 0 ? 0 : talk.length + 12_000;
            talk = Arrays.copyOf(talk, at + sentence.length);
            System.arraycopy(sentence, 0, talk, at, sentence.length);
        }
        return talk;
    }

    static double[] read(Path wav) {
        try {
            short[] pcm = Wav.read(wav).pcm();
            double[] sound = new double[pcm.length];
            for (int i = 0; i < pcm.length; i++) {
                sound[i] = pcm[i];
            }
            return sound;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// With this active level: the root mean square of the frames less than 35 dB below the loudest.
    static double[] at(double dbm0, double[] speech) {
        double factor = Dbm0.rms(dbm0) / active(speech);
        return Arrays.stream(speech).map(each -> each * factor).toArray();
    }

    /// How loud speech is where there is some, in steps of 16 bits: the root mean square of its frames less
    /// than 35 dB below the loudest.
    public static double active(double[] speech) {
        double[] energy = new double[speech.length / FRAME];
        for (int i = 0; i < energy.length * FRAME; i++) {
            energy[i / FRAME] += speech[i] * speech[i];
        }
        double loudest = Arrays.stream(energy).max().orElse(0);
        return Math.sqrt(
                Arrays.stream(energy).filter(each -> each > loudest / 3162).average().orElse(0)
                        / FRAME);
    }
}
