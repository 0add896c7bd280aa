package io.sandalphone.app;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Finding;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

/// Judges a configuration file without starting anything.
@CommandLine.Command(
        name = "config",
        description = "Checks a configuration file, or prints what it comes to.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ConfigCommand implements Callable<Integer> {
    private final SettingsReader settings;

    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.ArgGroup(multiplicity = "1")
    private @Nullable Wish wish;

    ConfigCommand(SettingsReader settings) {
        this.settings = settings;
    }

    /// Exactly one of them.
    private static final class Wish {
        @CommandLine.Option(
                names = "--check",
                paramLabel = "FILE",
                description =
                        "Names every mistake in FILE; exit code 2 when there is one. What is right"
                                + " and perhaps not meant is said as a warning.")
        private @Nullable Path check;

        @CommandLine.Option(
                names = "--print",
                paramLabel = "FILE",
                description = "Prints every setting with the value it has, secrets as ***.")
        private @Nullable Path print;

        @CommandLine.Option(
                names = "--fallback-routes",
                paramLabel = "FILE",
                description =
                        "Prints FALLBACK_ROUTES for Asterisk's file of values: the routes, those of"
                                + " the numbers file included, that ring a telephone.")
        private @Nullable Path fallbackRoutes;
    }

    @Override
    public Integer call() throws ConfigurationException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Wish wished = Objects.requireNonNull(wish);
        if (wished.print != null) {
            out.print(ConfigTree.print(settings.read(wished.print).tree()));
        } else if (wished.fallbackRoutes != null) {
            Settings read = settings.read(wished.fallbackRoutes).settings();
            out.println(FallbackRoutes.line(read.routes()));
        } else {
            Path file = Objects.requireNonNull(wished.check);
            Settings read = settings.read(file).settings();
            out.println(file + ": no mistakes");
            SettingsReview.of(read).stream()
                    .filter(line -> line.finding().kind() == Finding.Kind.WARNING)
                    .forEach(line -> out.println(line.text()));
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
