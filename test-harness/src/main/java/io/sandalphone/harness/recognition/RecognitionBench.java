package io.sandalphone.harness.recognition;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.harness.bench.ResultJson;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Transcriber;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    /// @param words those of them, and how many were wrong
    /// @param unanswered utterances that the recognizer did not answer, or refused
    /// @param pace seconds that it took for each second of sound
    record Row(
            String engine,
            String language,
            String condition,
            int recordings,
            RecognizedWords words,
            int unanswered,
            double pace) {}

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
        RecognizedWords words = new RecognizedWords(0, 0);
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
                RecognizedWords here = RecognizedWords.of(recording.text(), understood.text());
                words = words.and(here);
                unanswered += understood.unanswered();
                samples += pcm.length;
                if (shown && here.wrong() > 0) {
                    System.out.printf(
                            "  %s%n    said  %s%n    heard %s%n",
                            recording.file().getFileName(),
                            RecognizedWords.plain(recording.text()),
                            RecognizedWords.plain(understood.text()));
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
                        unanswered,
                        pace);
        System.out.printf(
                Locale.ROOT,
                "%-10s %s  %-12s %5.1f %% of %4d words in %3d recordings wrong; %d unanswered; %.2f"
                        + " s for each second%n",
                row.engine(),
                row.language(),
                row.condition(),
                row.words().percent(),
                row.words().said(),
                row.recordings(),
                row.unanswered(),
                row.pace());
        return row;
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
