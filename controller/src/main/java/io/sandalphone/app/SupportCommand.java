package io.sandalphone.app;

import io.sandalphone.support.CallExcerpt;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

/// Prints what the log says of one call, with nothing in it about people.
@CommandLine.Command(
        name = "support",
        description =
                "Prints what the log says of a call, for others to read: its timeline, spans,"
                    + " events of Asterisk, errors. No numbers, names, words or keys: what is not"
                    + " on a list is left out, and counted.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class SupportCommand implements Callable<Integer> {
    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Parameters(paramLabel = "CALL", description = "The call's id.")
    private @Nullable String call;

    @CommandLine.Option(
            names = "--log",
            paramLabel = "FILE",
            required = true,
            description = "The gateway's log, as JSON, a line each; - reads standard input.")
    private @Nullable String log;

    @Override
    public Integer call() throws IOException {
        String id = Objects.requireNonNull(call);
        String file = Objects.requireNonNull(log);
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        if (!id.matches("[A-Za-z0-9]{1,64}")) {
            throw new CommandLine.ParameterException(command, "no call has such an id");
        }
        var excerpt = new CallExcerpt(id);
        try (BufferedReader lines = open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                excerpt.read(line);
            }
        }
        if (excerpt.isEmpty()) {
            command.getErr().println("the log has no line of such a call (log.format: json?)");
            return CommandLine.ExitCode.SOFTWARE;
        }
        command.getOut().print(excerpt.text(Version.current()));
        command.getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    /// What is no UTF-8 in it is no line of ours.
    private static BufferedReader open(String file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(
                        file.equals("-") ? System.in : Files.newInputStream(Path.of(file)),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)));
    }
}
