package io.sandalphone.harness.program;

import picocli.CommandLine;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// A program as its script starts it: exit code 2 for a wrong command line, 1 and one line on standard error, behind the command's name,
/// for what cannot be done.
public final class Program {
    private Program() {}

    /// Standard output, in UTF-8 whatever the machine is set to, line by line.
    public static PrintStream terminal() {
        return new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }

    /// The same command, which tells a failure in one line.
    public static CommandLine of(CommandLine command) {
        return command.setExecutionExceptionHandler(
                (failure, _, _) -> {
                    System.err.println(command.getCommandName() + ": " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /// Runs the command and ends this process.
    public static void run(CommandLine command, String... arguments) {
        System.exit(of(command).execute(arguments));
    }
}
