package io.sandalphone.harness.sounds;

import io.sandalphone.harness.bench.ResultJson;
import io.sandalphone.harness.sounds.EchoTrial.Person;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// What the comparison by sound finds of the echoes of every telephone, whom it takes for one, and what it
/// costs. `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench echo`, which checks the command line.
public final class EchoBench {
    /// Has no divisor in common with how many telephones there are.
    private static final int STRIDE = 37;

    private static final double MOST_OF_A_CORE = 0.05;

    /// Up to this soft, and from 60 to 400 ms late, no echo may come back.
    private static final double PROMISED_DB = 35;

    /// All the utterances of some telephones.
    ///
    /// @param back echoes that would be translated back, of `echoes`
    /// @param first of those, before the first that was found, on one telephone: at most
    /// @param firstSeconds how long those were together, at most
    /// @param lost of people's utterances those not heard, or not whole, of `spoken`
    record Row(
            String what,
            Person person,
            int telephones,
            int echoes,
            int back,
            int first,
            double firstSeconds,
            int spoken,
            int lost) {}

    /// @param cost percent of a core for a call, by what goes on in it
    record Result(Map<String, Double> cost, List<Row> rows) {}

    private record Trial(EchoLine line, EchoTrial.Result result) {}

    private EchoBench() {}

    /// `args`: how many telephones, of all kinds, and the file for the results as JSON.
    public static void main(String[] args) throws IOException {
        int telephones = Integer.parseInt(args[0]);
        Path json = Path.of(args[1]).toAbsolutePath();
        List<EchoLine> all = EchoLine.all();
        List<EchoLine> some = new ArrayList<>();
        for (int i = 0; i < Math.min(telephones, all.size()); i++) {
            some.add(all.get(i * STRIDE % all.size()));
        }
        Result result = run(some);
        Files.createDirectories(json.getParent());
        Files.writeString(json, ResultJson.of(result));
    }

    /// Tries all `lines`, prints the results and gives them.
    static Result run(List<EchoLine> lines) throws IOException {
        List<EchoVoices> voices = EchoVoices.all();
        Map<String, Double> cost = cost(voices);
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            for (Person person : Person.values()) {
                EchoVoices spoken = voices.get((i + trials.size()) % voices.size());
                trials.add(
                        new Trial(
                                lines.get(i),
                                EchoTrial.run(lines.get(i), spoken, person, 1000 + i)));
            }
        }
        List<Row> rows = new ArrayList<>();
        rows.add(row("promised: 60-400 ms, to -35 dB", Person.SILENT, promised(trials)));
        for (Person person : Person.values()) {
            rows.add(row("all", person, trials));
        }
        by(trials, trial -> "-%.0f dB".formatted(trial.line.softerDb()), rows);
        by(trials, trial -> trial.line.delayMillis() + " ms late", rows);
        by(trials, trial -> trial.line.way().toString(), rows);
        System.out.printf(
                Locale.ROOT,
                "%-31s %-32s %10s %16s %20s %14s%n",
                "telephones",
                "people",
                "how many",
                "echoes came back",
                "before one was found",
                "people lost");
        rows.forEach(EchoBench::print);
        return new Result(cost, rows);
    }

    private static Map<String, Double> cost(List<EchoVoices> voices) {
        var silent = new EchoLine(120, EchoLine.NONE, EchoLine.Way.CLEAN);
        var echoing = new EchoLine(120, 20, EchoLine.Way.CLEAN);
        Map<String, Double> cost = new LinkedHashMap<>();
        cost.put("without echo", EchoTrial.percentOfACore(silent, voices.getFirst(), false));
        cost.put("with echo", EchoTrial.percentOfACore(echoing, voices.getFirst(), false));
        cost.put(
                "without echo, talked over",
                EchoTrial.percentOfACore(silent, voices.getFirst(), true));
        cost.put(
                "with echo, talked over",
                EchoTrial.percentOfACore(echoing, voices.getFirst(), true));
        cost.forEach(
                (what, percent) ->
                        System.out.printf(
                                Locale.ROOT,
                                "%-26s %.4f %% of a core for a call, at most %.2f: %s%n",
                                what,
                                percent,
                                MOST_OF_A_CORE,
                                percent <= MOST_OF_A_CORE ? "reached" : "MISSED"));
        return cost;
    }

    private static List<Trial> promised(List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.line.softerDb() <= PROMISED_DB)
                .filter(trial -> trial.line.delayMillis() >= 60 && trial.line.delayMillis() <= 400)
                .toList();
    }

    private static void by(List<Trial> trials, Function<Trial, String> what, List<Row> rows) {
        Map<String, List<Trial>> groups = new LinkedHashMap<>();
        trials.forEach(
                trial ->
                        groups.computeIfAbsent(what.apply(trial), _ -> new ArrayList<>())
                                .add(trial));
        groups.forEach(
                (group, of) -> {
                    for (Person person : Person.values()) {
                        if (person.echoes()) {
                            rows.add(row(group, person, of));
                        }
                    }
                });
    }

    private static Row row(String what, Person person, List<Trial> trials) {
        List<EchoTrial.Result> results =
                trials.stream()
                        .map(Trial::result)
                        .filter(result -> result.person() == person)
                        .toList();
        return new Row(
                what,
                person,
                results.size(),
                results.stream().mapToInt(EchoTrial.Result::echoes).sum(),
                results.stream().mapToInt(EchoTrial.Result::back).sum(),
                results.stream().mapToInt(EchoTrial.Result::first).max().orElse(0),
                results.stream()
                        .map(EchoTrial.Result::firstSeconds)
                        .max(Comparator.naturalOrder())
                        .orElse(0.0),
                results.stream().mapToInt(EchoTrial.Result::spoken).sum(),
                results.stream().mapToInt(EchoTrial.Result::lost).sum());
    }

    private static void print(Row row) {
        boolean promise = row.what.startsWith("promised");
        boolean missed = (promise && row.back > 0) || row.lost > 0;
        System.out.printf(
                Locale.ROOT,
                "%-31s %-32s %10d %7d of %5d %10d (%5.1f s) %5d of %5d%s%n",
                row.what,
                row.person,
                row.telephones,
                row.back,
                row.echoes,
                row.first,
                row.firstSeconds,
                row.lost,
                row.spoken,
                missed ? "  MISSED" : "");
    }
}
