package io.sandalphone.harness.bench;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.bench.UpdateResult.End;
import io.sandalphone.harness.bench.UpdateResult.Row;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RunFolder;
import io.sandalphone.harness.measure.Levels;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.pairs.JoinedPair;
import io.sandalphone.harness.pairs.Kind;
import io.sandalphone.harness.pairs.Pair;
import io.sandalphone.harness.pairs.PairLab;
import io.sandalphone.harness.pairs.PairPhone;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What two people of every pair of legs hear while the gateway is replaced by another one, which begins as soon as the one
/// before is gone: stopped as by an update (SIGTERM), and killed (SIGKILL). `controller/docs/install.md` explains the results.
///
/// In each pair there are two calls. In one the caller is heard all the time and the destination speaks, in the other one it is the
/// other way round: gaps are those of the voice that is heard all the time, at its listener.
///
/// Started by `scripts/bench update`, which checks the command line.
public final class UpdateBench {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// Shorter ones nobody notices.
    private static final long SHORTEST_GAP_MILLIS = 60;

    /// How long the people are listened to at most for an interpretation that comes back.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /// Long enough for whatever was on its way when the gateway went.
    private static final Duration UNDER_WAY = Duration.ofMillis(400);

    // Those who cannot be handed over have so long.
    private static final String DRAIN = "shutdown: {drain-timeout: 3s}";

    private static final int STEADY_LINE = 1;
    private static final int OTHER_LINE = 2;
    private static final Duration PAUSE = Duration.ofMillis(800);

    private final List<String> jvmOptions;
    private final Set<Pair> pairs;

    private UpdateBench(Set<Pair> pairs, List<String> jvmOptions) {
        this.pairs = pairs;
        this.jvmOptions = jvmOptions;
    }

    /// `args`: the file for the results as JSON, the pairs, separated by commas, or `all`, and further options for the gateway's
    /// virtual machine.
    public static void main(String[] args) throws Exception {
        Path json = Path.of(args[0]).toAbsolutePath();
        var bench = new UpdateBench(pairs(args[1]), Arrays.asList(args).subList(2, args.length));
        try {
            UpdateResult result = bench.run();
            Files.createDirectories(json.getParent());
            Files.writeString(json, result.json());
            System.out.print(result.table());
        } catch (IllegalStateException | AssertionError e) {
            System.err.println("the benchmark failed: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private static Set<Pair> pairs(String named) {
        if (named.equals("all")) {
            return EnumSet.allOf(Pair.class);
        }
        Set<Pair> pairs = EnumSet.noneOf(Pair.class);
        for (Pair pair : Pair.values()) {
            if (Arrays.asList(named.split(",")).contains(pair.toString())) {
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private UpdateResult run() throws Exception {
        String whyNot = AsteriskHost.whyNot();
        if (whyNot != null && pairs.stream().anyMatch(pair -> pair.has(Kind.SIP))) {
            System.err.println("pairs with a SIP telephone are left out: " + whyNot);
        }
        if (whyNot != null || pairs.stream().noneMatch(pair -> pair.has(Kind.SIP))) {
            return measure(null);
        }
        try (AsteriskHost host =
                AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 10_000, 12_999))) {
            return measure(host);
        }
    }

    private UpdateResult measure(@Nullable AsteriskHost host) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Pair pair : pairs) {
            for (End end : End.values()) {
                if (host != null || !pair.has(Kind.SIP)) {
                    Row row = measure(pair, end, pair.has(Kind.SIP) ? host : null);
                    System.err.println(row);
                    rows.add(row);
                }
            }
        }
        return new UpdateResult(rows);
    }

    private Row measure(Pair pair, End end, @Nullable AsteriskHost host) throws Exception {
        Path folder = RunFolder.create("update");
        boolean mixed =
                pair.has(Kind.SIP) && (pair.caller().hasRest() || pair.destination().hasRest());
        ControllerSettings settings =
                ControllerSettings.tones()
                        .with("journal: {file: \"%s\"}".formatted(folder.resolve("calls")))
                        .with(DRAIN);
        try (PairLab lab =
                PairLab.open(
                        pair,
                        Optional.ofNullable(host),
                        mixed ? settings.with(PairLab.WAY_BACK) : settings,
                        ControllerProgram.asInProduction(jvmOptions))) {
            return measure(lab, end);
        } finally {
            RunFolder.delete(folder);
        }
    }

    private static Row measure(PairLab lab, End end) {
        JoinedPair one = lab.join(STEADY_LINE, SOON);
        JoinedPair other = lab.join(OTHER_LINE, SOON);
        one.caller().repeat(steady(ToneWord.W2));
        one.destination().repeat(speaking(ToneWord.V5));
        other.caller().repeat(speaking(ToneWord.W3));
        other.destination().repeat(steady(ToneWord.V2));
        awaitHeard(one.caller(), one.sinceNanos(), ToneWord.W5);
        awaitHeard(other.destination(), other.sinceNanos(), ToneWord.V3);
        long ended = System.nanoTime();
        switch (end) {
            case STOPPED -> lab.gateway().stop();
            case KILLED -> lab.gateway().kill();
        }
        long gone = System.nanoTime();
        lab.restart();
        long up = System.nanoTime();
        long attached = attached(lab, one, up);
        long until = up + PATIENCE.toNanos();
        long first = firstHeard(one.caller(), gone, ToneWord.W5, until);
        long second = firstHeard(other.destination(), gone, ToneWord.V3, until);
        if (first > 0 && second > 0) {
            one.listen(Duration.ofSeconds(2));
        }
        var row =
                new Row(
                        lab.pair(),
                        end,
                        millis(ended, gone),
                        millis(gone, up),
                        gaps(other.caller(), ended, ToneWord.V2),
                        gaps(one.destination(), ended, ToneWord.W2),
                        attached > 0 ? millis(up, attached) : -1,
                        first > 0 && second > 0 ? millis(up, Math.max(first, second)) : -1,
                        released(ended, one, other));
        for (JoinedPair call : List.of(one, other)) {
            release(call.caller());
            release(call.destination());
        }
        return row;
    }

    /// When the call was interpreted again, as operators see it; 0 where it was not.
    private static long attached(PairLab lab, JoinedPair call, long upNanos) {
        while (System.nanoTime() < upNanos + PATIENCE.toNanos()) {
            for (JsonNode session : lab.gateway().sessions()) {
                if (session.path("id").asText().equals(call.id())
                        && session.path("audio_attached").asBoolean()) {
                    return System.nanoTime();
                }
            }
            if (call.caller().endedNanos() >= 0 || call.destination().endedNanos() >= 0) {
                return 0;
            }
            pause();
        }
        return 0;
    }

    /// When `word` began to be heard that nobody but the next gateway can have spoken; 0 where it was not heard until `untilNanos`.
    private static long firstHeard(
            PairPhone listener, long goneNanos, ToneWord word, long untilNanos) {
        long since = goneNanos + UNDER_WAY.toNanos();
        while (true) {
            SoundTimeline sound = listener.heard().between(since, System.nanoTime());
            List<HeardTone> heard = ToneDetector.listen(sound.pcm()).heard(word);
            if (!heard.isEmpty()) {
                return sound.nanosAt(heard.getFirst().startMillis());
            }
            if (System.nanoTime() > untilNanos || listener.endedNanos() >= 0) {
                return 0;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void awaitHeard(PairPhone listener, long sinceNanos, ToneWord word) {
        Poll.until(
                SOON,
                () -> !listener.tones(sinceNanos).heard(word).isEmpty(),
                () -> word + " is heard: " + listener.history());
    }

    /// The times, in milliseconds, in which `word` was not heard, until now or the end of the call.
    private static List<Long> gaps(PairPhone listener, long sinceNanos, ToneWord word) {
        long over = listener.endedNanos();
        SoundTimeline sound =
                listener.heard().between(sinceNanos, over < 0 ? System.nanoTime() : over);
        List<Long> gaps = new ArrayList<>();
        long last = 0;
        for (HeardTone tone : ToneDetector.listen(sound.pcm()).heard(word)) {
            add(gaps, tone.startMillis() - last);
            last = tone.endMillis();
        }
        add(gaps, sound.pcm().length / 8 - last);
        return gaps;
    }

    private static void add(List<Long> gaps, long millis) {
        if (millis > SHORTEST_GAP_MILLIS) {
            gaps.add(millis);
        }
    }

    /// When the first of them was released, in milliseconds after the end of the gateway; -1 where all talk on.
    private static long released(long endedNanos, JoinedPair... calls) {
        long first = -1;
        for (JoinedPair call : calls) {
            for (PairPhone phone : List.of(call.caller(), call.destination())) {
                long over = phone.endedNanos();
                if (over >= 0 && (first < 0 || millis(endedNanos, over) < first)) {
                    first = millis(endedNanos, over);
                }
            }
        }
        return first;
    }

    private static void release(PairPhone phone) {
        if (phone.endedNanos() < 0) {
            phone.hangUp();
        }
    }

    private static long millis(long fromNanos, long toNanos) {
        return (toNanos - fromNanos) / 1_000_000;
    }

    /// A second of a word, which goes on without a seam.
    private static short[] steady(ToneWord word) {
        short[] pcm = new short[8000];
        double amplitude = Levels.sineAmplitude(ToneSpeech.USUAL.level());
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] =
                    (short)
                            Math.round(
                                    amplitude
                                            * Math.sin(2 * Math.PI * word.frequency() * i / 8000));
        }
        return pcm;
    }

    /// A word, and a pause after which it is taken for said.
    private static short[] speaking(ToneWord word) {
        short[] said = ToneSpeech.USUAL.withWord(Duration.ofMillis(400)).render(word);
        return Arrays.copyOf(said, said.length + (int) PAUSE.toMillis() * 8);
    }
}
