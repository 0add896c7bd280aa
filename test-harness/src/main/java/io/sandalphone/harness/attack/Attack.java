package io.sandalphone.harness.attack;

import io.sandalphone.harness.attack.cases.Cases;
import io.sandalphone.harness.attack.remote.Target;
import io.sandalphone.harness.attack.remote.TargetAttack;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.program.Program;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

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
            description = "Few variants of each; takes a few minutes.")
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
            names = "--target",
            description = {
                "Attacks no gateway of its own but one of yours, at the addresses named by --sip,"
                    + " --http and --ari, and tries only what does no harm there. Says what it will"
                    + " do, and asks, before it sends anything."
            })
    private boolean target;

    @CommandLine.Option(
            names = "--sip",
            paramLabel = "HOST[:PORT]",
            description = "Where Asterisk takes SIP by UDP; from a machine that is not the trunk.")
    private @Nullable String sip;

    @CommandLine.Option(
            names = "--http",
            paramLabel = "URL",
            description = "Where operators' HTTP is. SANDALPHONE_TOKEN, if set, is its token.")
    private @Nullable String http;

    @CommandLine.Option(
            names = "--ari",
            paramLabel = "HOST[:PORT]",
            description = "Where ARI is, or would be if it could be reached.")
    private @Nullable String ari;

    @CommandLine.Option(names = "--yes", description = "Does not ask before --target begins.")
    private boolean yes;

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

    private static final int SIP_PORT = 5060;
    private static final int ARI_PORT = 8088;

    private final PrintStream terminal;

    private Attack(PrintStream terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        var terminal = Program.terminal();
        Program.run(new CommandLine(new Attack(terminal)), arguments);
    }

    @Override
    public Integer call() throws Exception {
        if (target) {
            return attackTarget();
        }
        if (sip != null || http != null || ari != null || yes) {
            System.err.println("scripts/attack: --sip, --http, --ari and --yes go with --target");
            return CommandLine.ExitCode.USAGE;
        }
        Set<Integer> wanted = new TreeSet<>(only == null ? Set.of() : only);
        Cases.all().forEach(each -> wanted.remove(each.number()));
        if (!wanted.isEmpty()) {
            System.err.println("scripts/attack: --only: there is no item " + wanted);
            return CommandLine.ExitCode.USAGE;
        }
        List<List<AttackCase>> labs =
                Cases.byLab().stream()
                        .map(
                                lab ->
                                        lab.stream()
                                                .filter(
                                                        each ->
                                                                only == null
                                                                        || only.contains(
                                                                                each.number()))
                                                .toList())
                        .filter(lab -> !lab.isEmpty())
                        .toList();
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
        List<AttackRun.Verdict> verdicts = run.of(labs);
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
                "Seconds of each: "
                        + verdicts.stream()
                                .map(
                                        each ->
                                                "%02d: %d"
                                                        .formatted(
                                                                each.number(),
                                                                each.took().toSeconds()))
                                .collect(Collectors.joining(", ")));
        terminal.println(
                "%d items in %d s, %s"
                        .formatted(
                                verdicts.size(),
                                (System.nanoTime() - begin) / 1_000_000_000,
                                failed.isEmpty() ? "all ok" : "not ok: " + failed));
        return failed.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private int attackTarget() throws IOException {
        if (quick || seed != null || only != null) {
            System.err.println("scripts/attack: --target goes with no --quick, --seed or --only");
            return CommandLine.ExitCode.USAGE;
        }
        TargetAttack attack;
        try {
            attack =
                    new TargetAttack(
                            new Target(
                                    sip == null ? null : Target.address(sip, SIP_PORT),
                                    http == null ? null : Target.url(http),
                                    ari == null ? null : Target.address(ari, ARI_PORT),
                                    System.getenv().getOrDefault("SANDALPHONE_TOKEN", "")),
                            Cases::elsewhere);
        } catch (IllegalArgumentException e) {
            System.err.println("scripts/attack: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        attack.plan().forEach(terminal::println);
        if (!yes && !agreed()) {
            System.err.println("scripts/attack: nothing was sent, as nobody said yes");
            return CommandLine.ExitCode.USAGE;
        }
        boolean ok = attack.run(terminal::println);
        terminal.println(ok ? "All that was tried holds." : "Not all of it holds.");
        return ok ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private boolean agreed() throws IOException {
        terminal.println("Go on? Type yes:");
        var answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return "yes".equals(answers.readLine());
    }
}
