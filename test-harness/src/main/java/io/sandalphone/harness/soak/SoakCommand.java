package io.sandalphone.harness.soak;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.LogLevel;
import io.sandalphone.harness.program.Program;
import io.sandalphone.harness.program.SeedOption;

import picocli.CommandLine;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/// `scripts/soak`: calls of every pair for hours, and whether anything grows.
@CommandLine.Command(
        name = "scripts/soak",
        sortOptions = false,
        description = {
            "Has calls of every pair (SIP behind a real Asterisk, simulated Twilio and Telnyx,"
                + " browsers) through one gateway as production runs it, round after round, with a"
                + " provider that fails in each, and the gateway killed now and then in the first"
                + " half. After each round, when nobody is in a call, one line says what the"
                + " gateway and Asterisk take; at the end a table says of each whether it grew in"
                + " the second half. What each line means: controller/docs/soak.md",
            "Takes root, for network namespaces. What was wrong in a round is printed"
                    + " behind its line, and the gateway's log is kept in build/soak."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every call was as it must be, and nothing grows",
            "1:something was not, or grows, or it could not be tried",
            "2:wrong command line"
        })
public final class SoakCommand implements Callable<Integer> {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Path LOGS = Path.of("build", "soak");

    private static final class Length {
        @CommandLine.Option(
                names = "--hours",
                paramLabel = "N",
                description = "How long, such as 8.")
        private double hours;

        @CommandLine.Option(
                names = "--minutes",
                paramLabel = "N",
                description = {
                    "How long. In less than an hour what the virtual machine's own memory takes is"
                            + " shown, and not judged."
                })
        private double minutes;
    }

    @CommandLine.ArgGroup(multiplicity = "1")
    private Length length = new Length();

    @CommandLine.Mixin private SeedOption seed = new SeedOption();

    @CommandLine.Option(names = "--no-kills", description = "The gateway is not killed.")
    private boolean noKills;

    // Its presence is what picocli looks for.
    @SuppressWarnings("UnusedVariable")
    @CommandLine.Option(names = "--help", usageHelp = true, description = "This text.")
    private boolean help;

    private final PrintStream out;

    private SoakCommand(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        LogLevel.errorsOnly();
        var out = Program.terminal();
        Program.run(new CommandLine(new SoakCommand(out)), arguments);
    }

    @Override
    public Integer call() throws Exception {
        Duration time = Duration.ofSeconds(Math.round(length.hours * 3600 + length.minutes * 60));
        if (time.compareTo(SHORTEST) < 0) {
            System.err.println("scripts/soak: found " + time + ", expected a minute or more");
            return CommandLine.ExitCode.USAGE;
        }
        String whyNot = AsteriskHost.whyNot();
        if (whyNot != null) {
            throw new IllegalStateException("no Asterisk: " + whyNot);
        }
        long chance = seed.chosen(out);
        Soak.Result result;
        try (AsteriskHost host =
                AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 10_000, 12_999))) {
            result =
                    new Soak(time, chance, !noKills)
                            .run(
                                    host,
                                    ControllerProgram.asInProduction(List.of()),
                                    out::println,
                                    LOGS);
        }
        out.println();
        out.print(result.series().table());
        out.printf(
                "%d rounds, %d calls, %d kills; %s%n",
                result.rounds(),
                result.calls(),
                result.kills(),
                result.wrong().isEmpty() ? "all as it must be" : "WRONG:");
        result.wrong().forEach(out::println);
        return result.holds() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
