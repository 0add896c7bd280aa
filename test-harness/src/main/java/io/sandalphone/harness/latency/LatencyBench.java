package io.sandalphone.harness.latency;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.harness.bench.ResultJson;
import io.sandalphone.harness.lab.LogLevel;
import io.sandalphone.harness.latency.LatencyResult.CurvePoint;
import io.sandalphone.speech.Language;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How soon and how well people are interpreted by each way to commit what they say, on the evaluation set: the gateway's own
/// pipeline in virtual time, with modelled providers and a real translator (Apertium). `controller/docs/benchmarks.md` explains
/// the results.
///
/// Started by `scripts/bench latency`, which checks the command line. Arguments: the folder for the results, the profile, a
/// seed, and the folder of another set or nothing.
public final class LatencyBench {
    private static final int LEAST_WORDS_FROM = 3;
    private static final int LEAST_WORDS_TO = 8;

    private LatencyBench() {}

    public static void main(String[] arguments) throws IOException, ConfigurationException {
        Path out = Path.of(arguments[0]);
        Optional<Profile> profile = Profile.of(arguments[1]);
        if (profile.isEmpty()) {
            System.err.println("no profile " + arguments[1]);
            System.exit(2);
            return;
        }
        long seed = Long.parseLong(arguments[2]);
        EvaluationSet set =
                arguments.length > 3 && !arguments[3].isEmpty()
                        ? EvaluationSet.in(Path.of(arguments[3]))
                        : EvaluationSet.ofThisProject();
        // What may not be spoken is counted, not told each time.
        LogLevel.errorsOnly();
        try (var translator = new OfflineTranslator(System.getenv())) {
            var bench = new PolicyRuns(set, profile.get(), seed, translator);
            LatencyResult result = run(bench, profile.get(), seed);
            LatencyTable.print(result, System.out);
            Files.createDirectories(out);
            Files.writeString(out.resolve("latency.json"), ResultJson.of(result));
            LatencyPage.write(out.resolve("latency.html"), result);
        }
    }

    private static LatencyResult run(PolicyRuns bench, Profile profile, long seed)
            throws ConfigurationException {
        List<Policy> policies = Policy.sideBySide();
        List<PolicyResult> results = new ArrayList<>();
        List<CurvePoint> curve = new ArrayList<>();
        for (Language from : bench.languages()) {
            PolicyRun first = bench.run(policies.getFirst(), from);
            results.add(first.result(policies.getFirst().name(), from, first));
            for (Policy policy : policies.subList(1, policies.size())) {
                results.add(bench.run(policy, from).result(policy.name(), from, first));
            }
            for (int words = LEAST_WORDS_FROM; words <= LEAST_WORDS_TO; words++) {
                Policy policy = policies.getLast().leastWords(words);
                curve.add(
                        new CurvePoint(
                                words, bench.run(policy, from).result(policy.name(), from, first)));
            }
        }
        return new LatencyResult(profile.name(), seed, results, curve);
    }
}
