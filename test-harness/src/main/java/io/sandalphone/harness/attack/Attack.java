package io.sandalphone.harness.attack;

import io.sandalphone.harness.attack.cases.Cases;
import io.sandalphone.harness.lab.AsteriskHost;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/// `scripts/attack`: tries on a running gateway what once broke a promise, one line for each item.
@CommandLine.Command(
        name = "scripts/attack",
        sortOptions = false,
        description = {
            "Attacks a gateway beside a real Asterisk, in network namespaces of its own, and says"
                    + " of each of 34 items whether it holds. Needs root."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all hold",
            "1:one does not, or could not be tried",
            "2:wrong command line"
        })
public final class Attack implements Callable<Integer> {
    @CommandLine.Option(
            names = "--quick",
            description = "Few variants of each; takes less than two minutes.")
    private boolean quick;

    @CommandLine.Option(
            names = "--seed",
            paramLabel = "N",
            description = "Where all chance comes from. Default: another one each time, printed.")
    private @Nullable Long seed;

    @CommandLine.Option(
            names = "--only",
            paramLabel = "N,N…",
            split = ",",
            description = "These items only.")
    private @Nullable Set<Integer> only;

    @CommandLine.Option(
            names = "--verbose",
            description = "Prints everything that was not withstood, not only the first of each.")
    private boolean verbose;

    @CommandLine.Option(
            names = "--tests",
            paramLabel = "DIR,DIR…",
            split = ",",
            hidden = true,
            description = "Where the compiled tests are.")
    private List<Path> tests =
            List.of(
                    Path.of("controller/target/test-classes"),
                    Path.of("test-harness/target/test-classes"));

    // Its presence is what picocli looks for.
    @SuppressWarnings("UnusedVariable")
    @CommandLine.Option(names = "--help", usageHelp = true, description = "This text.")
    private boolean help;

    private final PrintStream terminal;

    private Attack(PrintStream terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        var terminal = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int code =
                new CommandLine(new Attack(terminal))
                        .setExecutionExceptionHandler(
                                (failure, _, _) -> {
                                    System.err.println("scripts/attack: " + failure.getMessage());
                                    return CommandLine.ExitCode.SOFTWARE;
                                })
                        .execute(arguments);
        System.exit(code);
    }

    @Override
    public Integer call() throws Exception {
        List<AttackCase> cases = new ArrayList<>();
        Set<Integer> wanted = new TreeSet<>(only == null ? Set.of() : only);
        for (AttackCase each : Cases.all()) {
            if (only == null || wanted.remove(each.number())) {
                cases.add(each);
            }
        }
        if (!wanted.isEmpty()) {
            System.err.println("scripts/attack: --only: there is no item " + wanted);
            return CommandLine.ExitCode.USAGE;
        }
        String impossible = AsteriskHost.whyNot();
        if (impossible != null) {
            System.err.println("scripts/attack: cannot run: " + impossible);
            return CommandLine.ExitCode.SOFTWARE;
        }
        long chosen = seed == null ? System.nanoTime() % 1_000_000 : seed;
        var effort = new Effort(quick, chosen);
        terminal.println("seed " + chosen + (quick ? ", quick" : ""));
        long begin = System.nanoTime();
        var run = new AttackRun(effort, tests, line -> terminal.println(line));
        List<AttackRun.Verdict> verdicts = run.of(cases);
        if (verbose) {
            for (AttackRun.Verdict verdict : verdicts) {
                verdict.broken()
                        .forEach(
                                each ->
                                        terminal.println(
                                                "%02d: %s".formatted(verdict.number(), each)));
            }
        }
        List<Integer> failed =
                verdicts.stream()
                        .filter(verdict -> !verdict.ok())
                        .map(AttackRun.Verdict::number)
                        .toList();
        terminal.println(
                "%d items in %d s, %s"
                        .formatted(
                                verdicts.size(),
                                (System.nanoTime() - begin) / 1_000_000_000,
                                failed.isEmpty() ? "all ok" : "not ok: " + failed));
        return failed.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
