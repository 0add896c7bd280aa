package io.sandalphone.harness.kills;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.LogLevel;
import io.sandalphone.harness.program.Program;
import io.sandalphone.harness.program.SeedOption;

import picocli.CommandLine;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/// `scripts/kills`: kills a gateway in the midst of calls, and judges what the people heard.
@CommandLine.Command(
        name = "scripts/kills",
        sortOptions = false,
        description = {
            "Kills a gateway (SIGKILL) beside a real Asterisk in the midst of calls in every state,"
                + " starts it anew, and judges each call by what its two telephones heard: the"
                + " longest gap, whether they are interpreted again and how soon, what it cost, and"
                + " what is left behind. What each line means: controller/docs/soak.md",
            "Takes root, for network namespaces, and about 15 seconds for each kill."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything is as it must be",
            "1:something is not, or could not be tried",
            "2:wrong command line"
        })
public final class KillsCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many, with three calls each. Default: ${DEFAULT-VALUE}")
    private int kills;

    @CommandLine.Mixin private SeedOption seed = new SeedOption();

    @CommandLine.Option(
            names = "--moments",
            paramLabel = "NAME",
            split = ",",
            description = {
                "What calls are in the midst of: ${COMPLETION-CANDIDATES}. Default: all of them"
            })
    private List<Moment> moments = List.of(Moment.values());

    @CommandLine.Option(
            names = "--no-journal",
            description = {
                "The gateway keeps no journal of calls: whoever talks goes on talking,"
                        + " untranslated."
            })
    private boolean noJournal;

    @CommandLine.Option(
            names = "--quick-start",
            description = {
                "The gateway's virtual machine is set up to start soon, as in tests, and not as in"
                        + " production."
            })
    private boolean quickStart;

    // Its presence is what picocli looks for.
    @SuppressWarnings("UnusedVariable")
    @CommandLine.Option(names = "--help", usageHelp = true, description = "This text.")
    private boolean help;

    private final PrintStream out;

    private KillsCommand(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        LogLevel.errorsOnly();
        var out = Program.terminal();
        Program.run(
                new CommandLine(new KillsCommand(out)).setCaseInsensitiveEnumValuesAllowed(true),
                arguments);
    }

    @Override
    public Integer call() throws Exception {
        if (kills < 1) {
            System.err.println("scripts/kills: --kills: found " + kills + ", expected 1 or more");
            return CommandLine.ExitCode.USAGE;
        }
        String whyNot = AsteriskHost.whyNot();
        if (whyNot != null) {
            throw new IllegalStateException("no Asterisk: " + whyNot);
        }
        long chance = seed.chosen(out);
        List<Kill> done;
        try (AsteriskHost host = AsteriskHost.boot(options())) {
            done =
                    new Kills(kills, chance, !noJournal, Bars.PROMISED, Set.copyOf(moments))
                            .run(
                                    host,
                                    quickStart
                                            ? ControllerProgram.QUICK
                                            : ControllerProgram.asInProduction(List.of()),
                                    out::println);
        }
        out.println();
        out.print(Kills.table(done));
        long wrong = done.stream().filter(kill -> !kill.holds()).count();
        out.printf("%d kills, %d of them with something wrong%n", done.size(), wrong);
        return wrong == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static AsteriskHost.Options options() {
        return new AsteriskHost.Options(Map.of(KillLab.KNOWN, KillLab.FALLBACK), 10_000, 12_999);
    }
}
