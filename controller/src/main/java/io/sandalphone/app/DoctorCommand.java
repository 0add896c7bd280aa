package io.sandalphone.app;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Finding;
import io.sandalphone.deploy.DeployCheck;
import io.sandalphone.deploy.Machine;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

/// Says, line by line, what is configured, reachable, authorised and missing. Takes no calls.
@CommandLine.Command(
        name = "doctor",
        description =
                "Tries out what a configuration names: Asterisk, its trunk, every engine. With"
                    + " `deploy` also the server around it: its name, certificate, firewall, ports,"
                    + " clock, size, secrets, jails. Exit code 1 when something would not work, 2"
                    + " when the configuration is wrong.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class DoctorCommand implements Callable<Integer> {
    private final SettingsReader reader;
    private final Machine machine;

    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Parameters(
            arity = "0..1",
            paramLabel = "deploy",
            description = "deploy: the server around the gateway as well.")
    private @Nullable Scope scope;

    @CommandLine.Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The configuration, as YAML.")
    private @Nullable Path config;

    @CommandLine.Option(
            names = "--json",
            description =
                    "All of it at the end, as an array of objects with part, kind (ok, warning or"
                            + " fault), message and setting.")
    private boolean json;

    /// What is looked at besides what the configuration names.
    enum Scope {
        DEPLOY
    }

    /// `machine` is the server around the gateway.
    DoctorCommand(SettingsReader reader, Machine machine) {
        this.reader = reader;
        this.machine = machine;
    }

    @Override
    public Integer call() throws ConfigurationException, InterruptedException {
        Path file = Objects.requireNonNull(config);
        Settings settings = reader.read(file).settings();
        // Its own lines say what is wrong; a log beside them would say it twice.
        Logging.quiet();
        var lines = new DoctorLines(Objects.requireNonNull(spec).commandLine().getOut(), json);
        lines.add(new Doctor.Line("configuration", Finding.ok(file + ": no mistakes")));
        if (scope == Scope.DEPLOY) {
            new DeployCheck(DeployReview.of(settings), machine)
                    .run()
                    .forEach(
                            (part, findings) ->
                                    findings.forEach(
                                            finding -> lines.add(new Doctor.Line(part, finding))));
        }
        try (var engines =
                new Engines(settings.speech(), settings.glossary(), new SimpleMeterRegistry())) {
            new Doctor(settings, engines.byUse()).run().forEach(lines::add);
        }
        return lines.end();
    }
}
