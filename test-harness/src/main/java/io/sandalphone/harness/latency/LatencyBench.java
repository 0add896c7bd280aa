package io.sandalphone.harness.latency;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.harness.bench.ResultJson;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How soon and how well people are interpreted by each way to commit what they say, on the evaluation set, with providers whose
/// delays are drawn by chance and a real translator (Apertium). `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench latency`, which checks the command line. Arguments: the file for the results, a seed, the folder
/// of another set, or nothing.
public final class LatencyBench {
    private static final Language ENGLISH = new Language("en");
    private static final Language SPANISH = new Language("es");
    private static final String ROW = "%-16s %-3s %7s  %8s  %15s  %15s  %15s  %6s  %5s  %9s  %8s%n";

    /// All of one run.
    record Result(String profile, long seed, List<PolicyResult> policies) {
        Result {
            policies = List.copyOf(policies);
        }
    }

    private LatencyBench() {}

    public static void main(String[] arguments)
            throws IOException, ConfigurationException, SpeechException, InterruptedException {
        Path json = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        EvaluationSet set =
                arguments.length > 2 && !arguments[2].isEmpty()
                        ? EvaluationSet.in(Path.of(arguments[2]))
                        : EvaluationSet.ofThisProject();
        List<Result> results = new ArrayList<>();
        try (var translator = new OfflineTranslator(System.getenv())) {
            for (Providers providers : List.of(Providers.CLOUD, Providers.NEAR)) {
                results.add(run(set, providers, seed, translator));
            }
        }
        results.forEach(LatencyBench::print);
        Files.createDirectories(json.toAbsolutePath().getParent());
        Files.writeString(json, ResultJson.of(results));
    }

    static Result run(
            EvaluationSet set, Providers providers, long seed, OfflineTranslator translator)
            throws SpeechException, InterruptedException {
        List<Policy> policies = new ArrayList<>(List.of(Policy.PATIENT, Policy.CLAUSE));
        for (int words = 3; words <= 8; words++) {
            policies.add(Policy.leastWords(words));
        }
        List<PolicyResult> results = new ArrayList<>();
        for (Language from : List.of(ENGLISH, SPANISH)) {
            Language to = from.equals(ENGLISH) ? SPANISH : ENGLISH;
            long patient = 0;
            for (Policy policy : policies) {
                var trial = new Trial(policy, providers, translator, from, to);
                results.add(trial.run(set.spokenIn(from), seed, patient));
                patient = patient == 0 ? trial.characters() : patient;
            }
        }
        return new Result(providers.name(), seed, results);
    }

    private static void print(Result result) {
        System.out.printf("%nprofile %s, seed %d%n", result.profile(), result.seed());
        System.out.printf(
                ROW,
                "policy",
                "",
                "clauses",
                "words",
                "phrase delay ms",
                "ear-voice span",
                "tail ms",
                "chars",
                "chrF",
                "kept",
                "withheld");
        System.out.printf(
                ROW, "", "", "", "p50/p90", "p50/p95", "p50/p90 ms", "p50/p90", "", "", "", "");
        for (PolicyResult each : result.policies()) {
            System.out.printf(
                    Locale.ROOT,
                    ROW,
                    each.policy(),
                    each.language(),
                    each.clauses(),
                    each.clauseWords().p50() + "/" + each.clauseWords().p90(),
                    each.phraseDelay().p50() + "/" + each.phraseDelay().p95(),
                    each.earVoiceSpan().p50() + "/" + each.earVoiceSpan().p90(),
                    each.tail().p50() + "/" + each.tail().p90(),
                    String.format(Locale.ROOT, "%.2f", each.characters()),
                    String.format(Locale.ROOT, "%.1f", each.chrf()),
                    each.kept() + " of " + each.toKeep(),
                    each.withheld());
        }
    }
}
