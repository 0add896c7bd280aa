package io.sandalphone.harness.latency;

import io.sandalphone.harness.bench.ResultJson;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RunFolder;
import io.sandalphone.harness.pairs.Kind;
import io.sandalphone.harness.pairs.Pair;
import io.sandalphone.harness.pairs.PairLab;
import io.sandalphone.speech.Language;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Holds the virtual time of `scripts/bench latency` against real calls: 20 utterances of the set are said in real time to a
/// gateway as production runs it, with the same modelled providers, over the real Asterisk or a simulated carrier.
/// `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench latency --real` and `--carrier`, which check the command line. Arguments: the folder for the
/// results, the profile, a seed, the folder of another set or nothing, `sip` or the carrier, and further options for the
/// gateway's virtual machine.
public final class RealTimeBench {
    /// Of each language.
    private static final int SHORT = 8;

    private static final int LONG = 2;

    /// Narrations that are longer would take minutes.
    private static final int LONGEST_MILLIS = 30_000;

    private final EvaluationSet set;
    private final Profile profile;
    private final long seed;
    private final Pair pair;

    private RealTimeBench(EvaluationSet set, Profile profile, long seed, Pair pair) {
        this.set = set;
        this.profile = profile;
        this.seed = seed;
        this.pair = pair;
    }

    public static void main(String[] arguments) throws Exception {
        Path out = Path.of(arguments[0]);
        Optional<Path> folder =
                arguments[3].isEmpty() ? Optional.empty() : Optional.of(Path.of(arguments[3]));
        var bench =
                new RealTimeBench(
                        ModelProvider.set(folder),
                        Profile.of(arguments[1]).orElseThrow(),
                        Long.parseLong(arguments[2]),
                        Pair.valueOf((arguments[4] + "_" + arguments[4]).toUpperCase(Locale.ROOT)));
        try {
            RealTimeResult result =
                    bench.run(folder, List.of(arguments).subList(5, arguments.length));
            System.out.print(result.table());
            Files.createDirectories(out);
            Files.writeString(
                    out.resolve("latency-" + arguments[4] + ".json"), ResultJson.of(result));
        } catch (IllegalStateException | AssertionError e) {
            System.err.println("the benchmark failed: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private RealTimeResult run(Optional<Path> folder, List<String> jvmOptions) throws Exception {
        List<Outcome> virtual = virtual();
        var script = new ModelScript(set, seed, RunFolder.create("said").resolve("id"));
        if (!pair.has(Kind.SIP)) {
            return calls(Optional.empty(), script, folder, jvmOptions, virtual);
        }
        try (AsteriskHost host =
                AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 10_000, 12_999))) {
            return calls(Optional.of(host), script, folder, jvmOptions, virtual);
        }
    }

    private RealTimeResult calls(
            Optional<AsteriskHost> host,
            ModelScript script,
            Optional<Path> folder,
            List<String> jvmOptions,
            List<Outcome> virtual)
            throws Exception {
        try (PairLab lab =
                PairLab.open(
                        pair,
                        host,
                        settings(script, profile, folder),
                        ControllerProgram.asInProduction(jvmOptions))) {
            return result(new RealCalls(lab, script), virtual);
        }
    }

    /// Of a gateway with the modelled providers; `folder` has another set than this project's.
    static ControllerSettings settings(ModelScript script, Profile profile, Optional<Path> folder) {
        ControllerSettings settings = ControllerSettings.tones();
        for (String purpose : List.of("transcriber", "translator", "synthesizer")) {
            settings = settings.speech(purpose, ModelProvider.NAME);
        }
        settings =
                settings.engine(ModelProvider.NAME, "profile", profile.name())
                        .engine(ModelProvider.NAME, "seed", Long.toString(script.seed()))
                        .engine(ModelProvider.NAME, "said", script.file().toString());
        return folder.isEmpty()
                ? settings
                : settings.engine(
                        ModelProvider.NAME, "set", folder.get().toAbsolutePath().toString());
    }

    /// What comes of the utterances in virtual time, by the policy of the gateway.
    private List<Outcome> virtual() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        try (var translator = new OfflineTranslator(System.getenv())) {
            var runs = new PolicyRuns(set, profile, seed, translator);
            Policy policy = Policy.sideBySide().getLast();
            for (Language language : runs.languages()) {
                for (EvaluationSet.Utterance said : chosen(set.spokenIn(language))) {
                    outcomes.add(runs.run(policy, language, said));
                }
            }
        }
        return outcomes;
    }

    private RealTimeResult result(RealCalls calls, List<Outcome> virtual) {
        List<SaidInCall> said = new ArrayList<>();
        for (Outcome outcome : virtual) {
            Language language =
                    set.english().contains(outcome.said())
                            ? PolicyRuns.ENGLISH
                            : PolicyRuns.SPANISH;
            long until = outcome.sounds().isEmpty() ? 0 : outcome.sounds().getLast().until();
            said.add(
                    SaidInCall.of(
                            outcome,
                            calls.say(outcome.said(), language, until),
                            PolicyRuns.other(language)));
        }
        return RealTimeResult.of(
                pair.toString(),
                profile.name(),
                seed,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors(),
                said);
    }

    /// Short phrases and narrations, each evenly from the set.
    static List<EvaluationSet.Utterance> chosen(List<EvaluationSet.Utterance> all) {
        List<EvaluationSet.Utterance> phrases =
                all.stream().filter(each -> each.durationMs() <= PolicyRun.SHORT_MILLIS).toList();
        List<EvaluationSet.Utterance> narrations =
                all.stream()
                        .filter(each -> each.kind() == EvaluationSet.Kind.LONG)
                        .filter(each -> each.durationMs() <= LONGEST_MILLIS)
                        .toList();
        return Stream.concat(evenly(phrases, SHORT), evenly(narrations, LONG)).toList();
    }

    private static Stream<EvaluationSet.Utterance> evenly(
            List<EvaluationSet.Utterance> all, int count) {
        return all.size() <= count
                ? all.stream()
                : IntStream.range(0, count).mapToObj(i -> all.get(i * all.size() / count));
    }
}
