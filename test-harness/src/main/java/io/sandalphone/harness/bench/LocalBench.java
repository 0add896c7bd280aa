package io.sandalphone.harness.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.Section;
import io.sandalphone.harness.recognition.RecognizedWords;
import io.sandalphone.providers.whisper.WhisperProvider;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Transcriber;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;

/// How long the words of the local recognizer take, how many of them are wrong, and how many calls this
/// machine carries with it: people who say recordings, in real time, into the recognizer as a controller
/// has it. `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench local`, which checks the command line.
public final class LocalBench {
    private static final List<Integer> AT_ONCE = List.of(1, 2, 4, 8);
    private static final List<Integer> CALLS = List.of(1, 2, 3, 4, 5, 6, 8, 10, 12);

    /// How much of a call each person talks.
    private static final double TALK_SHARE = 0.45;

    /// From the words to the first sound of their translation: 100 ms for Apertium, 30 ms for Pico's
    /// first words, and a frame.
    private static final double THEN_MILLIS = 150;

    private static final Duration STARTING = Duration.ofMinutes(2);
    private static final long FRAME_NANOS = 20_000_000;

    /// So long an answer is waited for when nobody speaks any more: 15 s of frames.
    private static final int MOST_LAST_FRAMES = 750;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Transcriber transcriber;
    private final Map<Language, List<LocalRecording>> recordings;
    private final List<Language> languages = List.of(new Language("en-US"), new Language("es-MX"));
    private final int seconds;

    private LocalBench(int seconds) throws IOException, InterruptedException {
        this.seconds = seconds;
        recordings =
                Map.of(
                        languages.getFirst(), LocalRecording.in(languages.getFirst()),
                        languages.getLast(), LocalRecording.in(languages.getLast()));
        var provider = new WhisperProvider();
        var own = (ObjectNode) ConfigTree.defaults().path("engines").path(provider.name());
        transcriber =
                provider.read(Section.root(own)).get().make(meters).transcriber().orElseThrow();
        long start = System.nanoTime();
        while (transcriber.unavailableReason().isPresent()) {
            if (System.nanoTime() - start > STARTING.toNanos()) {
                throw new IllegalStateException(transcriber.unavailableReason().orElse(""));
            }
            Thread.sleep(100);
        }
    }

    /// `args`: how many seconds for each number of people, and the file for the results as JSON.
    public static void main(String[] args) throws Exception {
        Path json = Path.of(args[1]).toAbsolutePath();
        try {
            LocalResult result = new LocalBench(Integer.parseInt(args[0])).run();
            Files.createDirectories(json.getParent());
            Files.writeString(json, result.json());
            System.out.print(result.table());
        } catch (IOException | IllegalStateException e) {
            System.err.println("the benchmark failed: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private LocalResult run() throws IOException {
        System.err.println("warming up for 15 s");
        measure(2, 1, 15);
        List<LocalPhase> atOnce = new ArrayList<>();
        for (int people : AT_ONCE) {
            System.err.printf("%d at once for %d s%n", people, seconds);
            atOnce.add(measure(people, 1, seconds));
        }
        List<LocalPhase> calls = new ArrayList<>();
        int carried = 0;
        for (int people : CALLS) {
            System.err.printf("%d calls for %d s%n", people, seconds);
            LocalPhase phase = measure(people, TALK_SHARE, seconds);
            calls.add(phase);
            if (!phase.carried(THEN_MILLIS, LocalResult.MOST_MILLIS)) {
                break;
            }
            carried = people;
        }
        return new LocalResult(atOnce, calls, carried, THEN_MILLIS);
    }

    /// Has `people` speak, every other one in Spanish; and in the second half of the time the others.
    private LocalPhase measure(int people, double talkShare, int seconds) throws IOException {
        ProcessHandle worker =
                ProcessHandle.current()
                        .children()
                        .filter(each -> each.info().command().orElse("").endsWith("java"))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("the worker is gone"));
        List<LocalSpeaker> speakers = new ArrayList<>();
        var before = Usage.now(worker.pid());
        long start = System.nanoTime();
        Counts counts = counts();
        for (int half = 0; half < 2; half++) {
            List<LocalSpeaker> now = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                Language language = languages.get((i + half) % 2);
                now.add(
                        new LocalSpeaker(
                                transcriber,
                                language,
                                Objects.requireNonNull(recordings.get(language)),
                                talkShare,
                                1000L * half + i));
            }
            talk(now, seconds / 2.0);
            speakers.addAll(now);
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        var after = Usage.now(worker.pid());
        List<LocalSpeaker.Answer> answers =
                speakers.stream().flatMap(each -> each.answers().stream()).toList();
        List<Double> firstWords =
                speakers.stream().flatMap(each -> each.firstWords().stream()).toList();
        Counts more = counts().less(counts);
        return new LocalPhase(
                people,
                speakers.stream().mapToDouble(LocalSpeaker::talkShare).average().orElse(0),
                answers.size(),
                sum(speakers, LocalSpeaker::refused),
                LocalPhase.Delays.of(answers, LocalSpeaker.Answer::beyondPauseNanos),
                beyondPause(answers, 1.5, 2.5),
                beyondPause(answers, 4, 6),
                LocalPhase.Delays.of(answers, LocalSpeaker.Answer::afterSpeechNanos),
                words(speakers, languages.getFirst()),
                words(speakers, languages.getLast()),
                (int) more.early,
                new LocalPhase.Tried((int) more.partials, (int) more.abandoned),
                firstWords.size(),
                LocalPhase.median(firstWords),
                new LocalPhase.Given((int) more.stable, (int) more.contradicted),
                (after.worker - before.worker) / elapsed,
                more.processor / elapsed,
                (after.others - before.others) / elapsed,
                after.workerBytes);
    }

    private static LocalPhase.Delays beyondPause(
            List<LocalSpeaker.Answer> answers, double least, double most) {
        return LocalPhase.Delays.of(
                answers.stream()
                        .filter(each -> each.speechSeconds() >= least)
                        .filter(each -> each.speechSeconds() <= most)
                        .toList(),
                LocalSpeaker.Answer::beyondPauseNanos);
    }

    private static RecognizedWords words(List<LocalSpeaker> speakers, Language language) {
        return speakers.stream()
                .filter(each -> each.language().equals(language))
                .map(LocalSpeaker::words)
                .reduce(new RecognizedWords(0, 0), RecognizedWords::and);
    }

    private static int sum(List<LocalSpeaker> speakers, ToIntFunction<LocalSpeaker> what) {
        return speakers.stream().mapToInt(what).sum();
    }

    /// Gives every speaker a frame each 20 ms, and closes them when all is answered.
    private static void talk(List<LocalSpeaker> speakers, double seconds) {
        long start = System.nanoTime();
        long frames = (long) (seconds * 50);
        for (long frame = 0; frame < frames + MOST_LAST_FRAMES; frame++) {
            long due = start + (frame + 1) * FRAME_NANOS;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            boolean talks = frame < frames;
            speakers.forEach(each -> each.step(due, talks));
            if (!talks && speakers.stream().allMatch(LocalSpeaker::quiet)) {
                break;
            }
        }
        speakers.forEach(LocalSpeaker::close);
    }

    /// Processor time in seconds of the worker and of all but it and this process; and the worker's memory.
    private record Usage(double worker, double others, long workerBytes) {
        static Usage now(long worker) throws IOException {
            ProcessUsage own = ProcessUsage.of(ProcessHandle.current().pid());
            ProcessUsage workers = ProcessUsage.of(worker);
            return new Usage(
                    workers.seconds(),
                    ProcessUsage.ofMachine().seconds() - workers.seconds() - own.seconds(),
                    workers.residentBytes());
        }
    }

    private record Counts(
            double early,
            double partials,
            double abandoned,
            double processor,
            double stable,
            double contradicted) {
        Counts less(Counts earlier) {
            return new Counts(
                    early - earlier.early,
                    partials - earlier.partials,
                    abandoned - earlier.abandoned,
                    processor - earlier.processor,
                    stable - earlier.stable,
                    contradicted - earlier.contradicted);
        }
    }

    private Counts counts() {
        return new Counts(
                count("utterances.early"),
                count("partials"),
                count("partials.abandoned"),
                count("partials.processor"),
                count("words.stable"),
                count("words.contradicted"));
    }

    private double count(String name) {
        return meters.get("sandalphone.whisper." + name).counter().count();
    }
}
