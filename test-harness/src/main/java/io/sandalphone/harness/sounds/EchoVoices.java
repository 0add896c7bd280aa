package io.sandalphone.harness.sounds;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.providers.offline.OfflineMeters;
import io.sandalphone.providers.offline.OfflineSettings;
import io.sandalphone.providers.offline.OfflineVoices;
import io.sandalphone.providers.offline.VoiceKind;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Usage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What is said in one language: our voice's sentences, the same sentences by somebody else, and what people
/// say of their own.
///
/// @param ours our voice's, by espeak-ng as the embedded engine speaks
/// @param same the same sentences in another voice of espeak-ng's
/// @param people recordings of a person
record EchoVoices(
        Language language, String people, List<Said> ours, List<Said> same, List<double[]> own) {
    /// How loud people speak. Our voice is louder, as it comes.
    private static final double DBM0 = -20;

    private static final int RECORDINGS = 12;

    /// A sentence and its sound.
    // An array, because sound is megabytes of primitives; nobody compares these.
    @SuppressWarnings("ArrayRecordComponent")
    record Said(String text, double[] sound) {
        double seconds() {
            return (double) sound.length / Dbm0.RATE;
        }
    }

    /// English and Mexican Spanish.
    static List<EchoVoices> all() throws IOException {
        return List.of(
                of(
                        "en",
                        "en_US_f_Allison",
                        "so then perhaps we could meet later",
                        List.of(
                                "Please hold the line while I look for your file.",
                                "The doctor will see you on Tuesday in the afternoon.",
                                "Could you tell me your full name and your address?",
                                "Do you want to come before lunch or after it?")),
                of(
                        "es",
                        "es_MX_f_Allison",
                        "entonces nos vemos luego allá afuera",
                        List.of(
                                "No cuelgue, por favor, en un momento le atiendo.",
                                "La doctora lo puede ver el martes por la tarde.",
                                "¿Me puede dar su nombre completo y su dirección?",
                                "¿Quiere venir antes de la comida o después?")));
    }

    private static EchoVoices of(
            String language, String person, String people, List<String> sentences)
            throws IOException {
        var spoken = new Language(language);
        OfflineSettings usual =
                OfflineSettings.defaults()
                        .withVoices(List.of(VoiceKind.ESPEAK_NG))
                        .withTimeouts(Duration.ofMinutes(1));
        return new EchoVoices(
                spoken,
                people,
                say(usual, sentences, spoken),
                asPeople(
                        say(
                                new OfflineSettings(
                                        usual.model(),
                                        usual.decoders(),
                                        usual.recognizeTimeout(),
                                        usual.modes(),
                                        usual.answerTimeout(),
                                        usual.voices(),
                                        usual.picoData(),
                                        usual.wordsPerMinute() - 15,
                                        usual.pitch() + 20,
                                        "en-us+f3",
                                        "es-419+f3"),
                                sentences,
                                spoken)),
                recordings(person));
    }

    private static List<Said> say(OfflineSettings settings, List<String> sentences, Language spoken)
            throws IOException {
        try (Synthesizer voice =
                new OfflineVoices(settings, OfflineMeters.register(new SimpleMeterRegistry()))) {
            List<Said> said = new ArrayList<>();
            for (String sentence : sentences) {
                List<short[]> pieces = new ArrayList<>();
                voice.synthesize(
                        new SynthesisRequest(sentence, spoken, Usage.UNMETERED), pieces::add);
                double[] sound =
                        pieces.stream()
                                .flatMapToInt(
                                        piece ->
                                                IntStream.range(0, piece.length).map(i -> piece[i]))
                                .asDoubleStream()
                                .toArray();
                said.add(new Said(sentence, sound));
            }
            return said;
        } catch (SpeechException e) {
            throw new IOException("espeak-ng does not speak", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static List<Said> asPeople(List<Said> said) {
        return said.stream()
                .map(each -> new Said(each.text(), Speech.at(DBM0, each.sound())))
                .toList();
    }

    /// Some of 1.2 to 3.5 s, evenly out of all.
    private static List<double[]> recordings(String person) {
        List<double[]> fitting = new ArrayList<>();
        for (Path file : Speech.recordings()) {
            if (file.toString().contains(person)) {
                double[] sound = Speech.read(file);
                if (sound.length > 1.2 * Dbm0.RATE && sound.length < 3.5 * Dbm0.RATE) {
                    fitting.add(sound);
                }
            }
        }
        List<double[]> some = new ArrayList<>();
        for (int i = 0; i < RECORDINGS; i++) {
            some.add(Speech.at(DBM0, fitting.get(i * fitting.size() / RECORDINGS)));
        }
        return some;
    }

    /// So many zeros, `sound`, and zeros up to `length`.
    static double[] placed(double[] sound, int at, int length) {
        double[] placed = new double[Math.max(length, at + sound.length)];
        System.arraycopy(sound, 0, placed, at, sound.length);
        return Arrays.copyOf(placed, length);
    }
}
