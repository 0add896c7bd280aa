package io.sandalphone.app;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Finding;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

/// Says, line by line, what is configured, reachable, authorised and missing. Takes no calls.
@CommandLine.Command(
        name = "doctor",
        description =
                "Tries out what a configuration names: Asterisk, its trunk, every engine. Exit code"
                        + " 1 when something would not work, 2 when the configuration is wrong.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DoctorCommand implements Callable<Integer> {
    private final SettingsReader reader;

    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The configuration, as YAML.")
    private @Nullable Path config;

    DoctorCommand(SettingsReader reader) {
        this.reader = reader;
    }

    @Override
    public Integer call() throws ConfigurationException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path file = Objects.requireNonNull(config);
        Settings settings = reader.read(file).settings();
        // Its own lines say what is wrong; a log beside them would say it twice.
        Logging.quiet();
        out.println(new Doctor.Line("configuration", Finding.ok(file + ": no mistakes")).text());
        boolean fault = false;
        try (var engines =
                new Engines(settings.speech(), settings.glossary(), new SimpleMeterRegistry())) {
            for (Doctor.Line line : new Doctor(settings, engines.byUse()).run()) {
                out.println(line.text());
                fault |= line.finding().kind() == Finding.Kind.FAULT;
            }
        }
        out.flush();
        return fault ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }
}
