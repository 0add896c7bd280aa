package io.sandalphone.harness.recognition;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.harness.bench.ResultJson;
import io.sandalphone.harness.measure.WordErrorRate;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Transcriber;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Word errors of each configured recognizer on human voices at telephone quality, or the sentences that it
/// writes into sounds that are no speech. `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench recognition`, which checks the command line.
public final class RecognitionBench {
    private static final List<Language> LANGUAGES = List.of(new Language("en"), new Language("es"));

    private final boolean paced;
    private final boolean shown;
    private final int most;

    /// @param recordings how many were said
    /// @param words how many words they hold
    /// @param wrong how many of those would have to be replaced, left out or added
    /// @param unanswered utterances that the recognizer did not answer, or refused
    /// @param pace seconds that it took for each second of sound
    record Row(
            String engine,
            String language,
            String condition,
            int recordings,
            int words,
            int wrong,
            int unanswered,
            double pace) {
        double percent() {
            return 100.0 * wrong / words;
        }
    }

    /// @param seconds how long such sounds were played
    /// @param utterances how often the recognizer was told that somebody speaks
    /// @param sentences how often it answered with words
    record NoSpeech(
            String engine,
            String language,
            String kind,
            double seconds,
            int utterances,
            List<String> sentences) {}

    /// Everything that was measured.
    record Result(List<Row> rows, List<NoSpeech> noSpeech) {}

    private RecognitionBench(boolean paced, boolean shown, int most) {
        this.paced = paced;
        this.shown = shown;
        this.most = most;
    }

    /// `args`: the file for the results as JSON, `speech` or `no-speech`, the configuration or an empty
    /// word, `paced` or `fast`, `show` or `quiet`, how many recordings of each language at most, and the
    /// folder of the recorded sounds that are no speech.
    public static void main(String[] args) throws IOException {
        Path json = Path.of(args[0]).toAbsolutePath();
        Optional<Path> file = args[2].isEmpty() ? Optional.empty() : Optional.of(Path.of(args[2]));
        var bench =
                new RecognitionBench(
                        args[3].equals("paced"), args[4].equals("show"), Integer.parseInt(args[5]));
        Result result;
        try (Recognizers recognizers = Recognizers.of(file.orElse(null), System.getenv())) {
            result =
                    args[1].equals("speech")
                            ? new Result(bench.speech(recognizers.all()), List.of())
                            : new Result(
                                    List.of(), bench.noSpeech(recognizers.all(), Path.of(args[6])));
        } catch (ConfigurationException e) {
            System.err.println("scripts/bench: " + e.getMessage());
            System.exit(2);
            return;
        }
        Files.createDirectories(json.getParent());
        Files.writeString(json, ResultJson.of(result));
        // Engines may have threads of their own.
        System.exit(0);
    }

    private List<Row> speech(List<Transcriber> engines) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Transcriber engine : engines) {
            for (Language language : LANGUAGES) {
                if (!engine.understands(language)) {
                    System.out.printf("%-10s %s  not understood%n", engine.name(), language);
                    continue;
                }
                List<KnownRecording> recordings = KnownRecording.installed(language);
                recordings = some(recordings);
                for (LineCondition condition : LineCondition.values()) {
                    rows.add(said(engine, language, recordings, condition));
                }
            }
        }
        return rows;
    }

    /// As many as are wanted, evenly from the whole list.
    private List<KnownRecording> some(List<KnownRecording> recordings) {
        int count = Math.min(most, recordings.size());
        List<KnownRecording> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(recordings.get((int) ((long) i * recordings.size() / count)));
        }
        return some;
    }

    private Row said(
            Transcriber engine,
            Language language,
            List<KnownRecording> recordings,
            LineCondition condition)
            throws IOException {
        int words = 0;
        int wrong = 0;
        int unanswered = 0;
        long samples = 0;
        long start = System.nanoTime();
        try (var trial = new RecognitionTrial(engine, language, paced)) {
            for (int i = 0; i < recordings.size(); i++) {
                KnownRecording recording = recordings.get(i);
                short[] pcm = recording.pcm();
                RecognitionTrial.Understood understood =
                        trial.hear(
                                condition.frames(pcm, trial.position(), i),
                                LineCondition.length(pcm));
                String said = plain(recording.text());
                String heard = plain(understood.text());
                int errors =
                        (int)
                                Math.round(
                                        WordErrorRate.of(said, heard) * said.split(" ", -1).length);
                words += said.split(" ", -1).length;
                wrong += errors;
                unanswered += understood.unanswered();
                samples += pcm.length;
                if (shown && errors > 0) {
                    System.out.printf(
                            "  %s%n    said  %s%n    heard %s%n",
                            recording.file().getFileName(), said, heard);
                }
            }
        }
        double pace = (System.nanoTime() - start) / 1e9 / (samples / 8000.0);
        var row =
                new Row(
                        engine.name(),
                        language.tag(),
                        condition.toString(),
                        recordings.size(),
                        words,
                        wrong,
                        unanswered,
                        pace);
        System.out.printf(
                Locale.ROOT,
                "%-10s %s  %-12s %5.1f %% of %4d words in %3d recordings wrong; %d unanswered; %.2f"
                        + " s for each second%n",
                row.engine(),
                row.language(),
                row.condition(),
                row.percent(),
                row.words(),
                row.recordings(),
                row.unanswered(),
                row.pace());
        return row;
    }

    /// Lower case, without accents and punctuation: how a word is written is not how it was heard.
    static String plain(String text) {
        String letters =
                Normalizer.normalize(text.replace('ñ', '\u0001'), Normalizer.Form.NFD)
                        .replaceAll("\\p{M}", "")
                        .replace('\u0001', 'ñ');
        return letters.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}']+", " ").strip();
    }

    private List<NoSpeech> noSpeech(List<Transcriber> engines, Path recorded) throws IOException {
        List<NoSpeech> all = new ArrayList<>();
        for (Transcriber engine : engines) {
            for (Language language : LANGUAGES) {
                if (!engine.understands(language)) {
                    continue;
                }
                int sentences = 0;
                double seconds = 0;
                for (String kind : ForeignSound.KINDS) {
                    NoSpeech row = foreign(engine, language, kind, ForeignSound.of(kind, recorded));
                    all.add(row);
                    sentences += row.sentences().size();
                    seconds += row.seconds();
                }
                System.out.printf(
                        Locale.ROOT,
                        "%-10s %s  %d sentences from %.1f minutes%n",
                        engine.name(),
                        language,
                        sentences,
                        seconds / 60);
            }
        }
        return all;
    }

    private NoSpeech foreign(
            Transcriber engine, Language language, String kind, List<ForeignSound> sounds)
            throws IOException {
        double seconds = 0;
        int utterances = 0;
        List<String> sentences = new ArrayList<>();
        try (var trial = new RecognitionTrial(engine, language, paced)) {
            for (ForeignSound sound : sounds) {
                RecognitionTrial.Understood understood =
                        trial.hear(
                                LineCondition.CLEAN.frames(sound.pcm(), trial.position(), 0),
                                LineCondition.length(sound.pcm()));
                seconds += sound.pcm().length / 8000.0;
                utterances += understood.utterances();
                if (understood.sentences() > 0) {
                    sentences.add(sound.name() + ": " + understood.text());
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-10s %s  %-12s %4.0f s, %3d utterances, %d sentences %s%n",
                engine.name(),
                language,
                kind,
                seconds,
                utterances,
                sentences.size(),
                sentences);
        return new NoSpeech(
                engine.name(), language.tag(), kind, seconds, utterances, List.copyOf(sentences));
    }
}
