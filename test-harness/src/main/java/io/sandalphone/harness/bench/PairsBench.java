package io.sandalphone.harness.bench;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.pairs.JoinedPair;
import io.sandalphone.harness.pairs.Kind;
import io.sandalphone.harness.pairs.Pair;
import io.sandalphone.harness.pairs.PairLab;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How soon the first translated sound of a short phrase is heard, in every pair of legs that the gateway can
/// make, by the tone engines, in five calls one after the other. `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench pairs`, which checks the command line.
public final class PairsBench {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// Where the ticks of two telephones and of the gateway lie between each other decides on up to 40 ms, and stays as it is
    /// as long as a call lasts: one call says little.
    private static final int CALLS = 5;

    /// Phrases at the beginning of each call: 15 s, within which a far end that holds too much has been relieved of it. The
    /// first call has more, for the compiler.
    private static final int WARM_UP = 10;

    private static final int COMPILED = 15;

    private static final List<ToneWord> PHRASES = ToneWord.of(ToneWord.ENGLISH);
    private static final ToneSpeech VOICE = ToneSpeech.USUAL;

    private final int phrases;
    private final List<String> jvmOptions;

    private PairsBench(int phrases, List<String> jvmOptions) {
        this.phrases = phrases;
        this.jvmOptions = jvmOptions;
    }

    /// `args`: how many phrases in each pair, the file for the results as JSON, and further options for the
    /// gateway's virtual machine.
    public static void main(String[] args) throws Exception {
        var bench =
                new PairsBench(
                        Integer.parseInt(args[0]), Arrays.asList(args).subList(2, args.length));
        Path json = Path.of(args[1]).toAbsolutePath();
        try {
            PairsResult result = bench.run();
            Files.createDirectories(json.getParent());
            Files.writeString(json, result.json());
            System.out.print(result.table());
        } catch (IllegalStateException | AssertionError e) {
            System.err.println("the benchmark failed: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private PairsResult run() throws Exception {
        String whyNot = AsteriskHost.whyNot();
        if (whyNot != null) {
            System.err.println("pairs with a SIP telephone are left out: " + whyNot);
            return measure(null);
        }
        try (AsteriskHost host =
                AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 10_000, 12_999))) {
            return measure(host);
        }
    }

    private PairsResult measure(@Nullable AsteriskHost host) throws Exception {
        Map<Pair, Distribution> measured = new EnumMap<>(Pair.class);
        for (Pair pair : Pair.TABLE) {
            if (host != null || !pair.has(Kind.SIP)) {
                measured.put(pair, measure(pair, pair.has(Kind.SIP) ? host : null));
            }
        }
        return PairsResult.of(measured);
    }

    private Distribution measure(Pair pair, @Nullable AsteriskHost host) throws Exception {
        try (PairLab lab =
                PairLab.open(
                        pair,
                        Optional.ofNullable(host),
                        ControllerSettings.tones(),
                        ControllerProgram.asInProduction(jvmOptions))) {
            long[] nanos = new long[phrases];
            int calls = Math.min(CALLS, phrases);
            for (int call = 0; call < calls; call++) {
                int from = call * phrases / calls;
                measure(
                        lab.join(call + 1, SOON),
                        call == 0 ? COMPILED + WARM_UP : WARM_UP,
                        nanos,
                        from,
                        (call + 1) * phrases / calls);
                lab.awaitNobodyLeft(SOON);
            }
            return Distribution.ofNanos(nanos);
        }
    }

    /// Those of one call, which it ends.
    private static void measure(JoinedPair call, int warmUp, long[] nanos, int from, int to) {
        for (int i = 0; i < warmUp; i++) {
            firstSoundNanos(call, i);
        }
        for (int i = from; i < to; i++) {
            nanos[i] = firstSoundNanos(call, i);
        }
        call.close();
    }

    /// Says phrase `number`, waits until its translation must be over, and gives when that began, after the
    /// end of the phrase.
    private static long firstSoundNanos(JoinedPair call, int number) {
        ToneWord word = PHRASES.get(number % PHRASES.size());
        ToneWord translation = word.translated();
        long said = call.caller().say(VOICE.render(word));
        long over = said + VOICE.word().toNanos();
        Poll.until(
                SOON,
                () -> !since(call, said).heard(translation).isEmpty(),
                () -> translation + " is heard; there was " + since(call, said).heard());
        SoundTimeline sound = call.destination().heard().between(said, System.nanoTime());
        HeardTone first = ToneDetector.listen(sound.pcm()).heard(translation).getFirst();
        call.listen(VOICE.word().plusMillis(500));
        return sound.nanosAt(first.startMillis()) - over;
    }

    private static ToneDetector since(JoinedPair call, long nanos) {
        return call.destination().tones(nanos);
    }
}
