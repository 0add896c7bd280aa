package io.sandalphone.harness.voices;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.harness.bench.ResultJson;
import io.sandalphone.harness.recognition.RecognizedWords;
import io.sandalphone.providers.offline.OfflineMeters;
import io.sandalphone.providers.offline.OfflineSettings;
import io.sandalphone.providers.offline.OfflineVoices;
import io.sandalphone.providers.offline.VoiceKind;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Usage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// How many words of each of our voices are misheard, and how soon it speaks.
/// `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench voices`, which checks the command line.
public final class VoicesBench {
    private static final String ROW = "%-10s %-9s %-20s %-8s %-10s %-21s %-8s %s%n";
    private static final int WARM_UP = 3;
    private static final int TIMES = 40;
    private static final int AT_ONCE = 8;
    private static final double MOST_MILLIS = 40;

    /// One sentence that was not heard as it was said.
    record Mistake(String said, String heard, int wrong) {}

    /// Milliseconds until the first sound of six words.
    record FirstSound(double p50Millis, double p95Millis) {
        static FirstSound of(long[] nanos) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return new FirstSound(
                    sorted[Math.ceilDiv(sorted.length * 50, 100) - 1] / 1e6,
                    sorted[Math.ceilDiv(sorted.length * 95, 100) - 1] / 1e6);
        }
    }

    /// One voice in one language.
    ///
    /// @param words how many were said
    /// @param misheard how many of them were heard wrong
    /// @param wordsPerMinute how fast it speaks
    /// @param alone when nothing else is spoken
    /// @param amongOthers when seven other calls ask for the same at the same moment
    record Row(
            String voice,
            String language,
            int words,
            int misheard,
            double misheardPercent,
            double wordsPerMinute,
            FirstSound alone,
            FirstSound amongOthers,
            List<Mistake> mistakes) {}

    /// @param notInstalled voices that could not be tried
    record Result(List<Row> rows, List<String> notInstalled) {}

    private VoicesBench() {}

    /// `args`: the file for the results as JSON.
    public static void main(String[] args) throws Exception {
        Path json = Path.of(args[0]).toAbsolutePath();
        Result result = run();
        Files.createDirectories(json.getParent());
        Files.writeString(json, ResultJson.of(result));
        System.out.println("All sentences that were misheard: " + json);
        System.exit(0);
    }

    private static Result run() throws Exception {
        System.out.printf(
                Locale.ROOT,
                ROW,
                "voice",
                "language",
                "misheard",
                "",
                "words/min",
                "first sound p50, p95",
                "",
                "8 calls at once p50, p95");
        List<Row> rows = new ArrayList<>();
        List<String> notInstalled = new ArrayList<>();
        try (var ear = new Ear()) {
            for (VoiceKind kind : VoiceKind.values()) {
                try (var voice = open(kind)) {
                    if (voice.unavailableReason().isPresent()) {
                        notInstalled.add(voice.unavailableReason().get());
                        continue;
                    }
                    for (Talk talk : List.of(Talk.ENGLISH, Talk.SPANISH)) {
                        if (voice.speaks(new Language(talk.language()))) {
                            Row row = measure(kind.toString(), voice, talk, ear);
                            print(row);
                            rows.add(row);
                        }
                    }
                }
            }
        }
        notInstalled.forEach(System.out::println);
        return new Result(rows, notInstalled);
    }

    private static OfflineVoices open(VoiceKind kind) {
        return new OfflineVoices(
                OfflineSettings.defaults().withVoices(List.of(kind)),
                OfflineMeters.register(new SimpleMeterRegistry()));
    }

    private static Row measure(String name, OfflineVoices voice, Talk talk, Ear ear)
            throws Exception {
        firstSounds(voice, talk, WARM_UP, 1);
        FirstSound alone = FirstSound.of(firstSounds(voice, talk, TIMES, 1));
        FirstSound amongOthers = FirstSound.of(firstSounds(voice, talk, TIMES, AT_ONCE));
        var language = new Language(talk.language());
        var count = new RecognizedWords(0, 0);
        long samples = 0;
        List<Mistake> mistakes = new ArrayList<>();
        for (String sentence : talk.sentences()) {
            short[] sound = speak(voice, sentence, language);
            samples += sound.length;
            String heard = ear.hear(language, sound);
            var own = Misheard.count(talk.language(), sentence, heard);
            if (own.wrong() > 0) {
                mistakes.add(new Mistake(sentence, heard, own.wrong()));
            }
            count = count.and(own);
        }
        double minutes = samples / 8000.0 / 60;
        return new Row(
                name,
                talk.language(),
                count.said(),
                count.wrong(),
                count.percent(),
                count.said() / minutes,
                alone,
                amongOthers,
                mistakes);
    }

    private static short[] speak(OfflineVoices voice, String text, Language language)
            throws SpeechException, InterruptedException {
        List<short[]> pieces = new ArrayList<>();
        voice.synthesize(new SynthesisRequest(text, language, Usage.UNMETERED), pieces::add);
        short[] pcm = new short[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (short[] piece : pieces) {
            System.arraycopy(piece, 0, pcm, at, piece.length);
            at += piece.length;
        }
        return pcm;
    }

    /// Nanoseconds to the first sound of six words, `times` over, asked for by `calls` at a time.
    private static long[] firstSounds(OfflineVoices voice, Talk talk, int times, int calls)
            throws InterruptedException, ExecutionException {
        long[] nanos = new long[times * calls];
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < times; i++) {
                List<Future<Long>> asked = new ArrayList<>();
                for (int j = 0; j < calls; j++) {
                    asked.add(threads.submit(() -> firstSound(voice, talk)));
                }
                for (int j = 0; j < calls; j++) {
                    nanos[i * calls + j] = asked.get(j).get();
                }
            }
        }
        return nanos;
    }

    private static long firstSound(OfflineVoices voice, Talk talk)
            throws SpeechException, InterruptedException {
        long start = System.nanoTime();
        long[] first = {0};
        voice.synthesize(
                new SynthesisRequest(talk.six(), new Language(talk.language()), Usage.UNMETERED),
                _ -> {
                    if (first[0] == 0) {
                        first[0] = System.nanoTime() - start;
                    }
                });
        return first[0];
    }

    private static void print(Row row) {
        boolean ours = row.voice().equals(VoiceKind.PICO.toString());
        System.out.printf(
                Locale.ROOT,
                ROW,
                row.voice(),
                row.language(),
                "%d of %d, %.1f %%".formatted(row.misheard(), row.words(), row.misheardPercent()),
                ours ? verdict(row.misheardPercent() <= mostPercent(row.language())) : "",
                "%.0f".formatted(row.wordsPerMinute()),
                "%.0f, %.0f ms".formatted(row.alone().p50Millis(), row.alone().p95Millis()),
                ours ? verdict(row.alone().p95Millis() <= MOST_MILLIS) : "",
                "%.0f, %.0f ms"
                        .formatted(row.amongOthers().p50Millis(), row.amongOthers().p95Millis()));
    }

    private static double mostPercent(String language) {
        return language.equals("es") ? 6 : 4;
    }

    private static String verdict(boolean reached) {
        return reached ? "reached" : "MISSED";
    }
}
