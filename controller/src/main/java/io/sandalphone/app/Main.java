package io.sandalphone.app;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.deploy.ThisMachine;
import io.sandalphone.models.Manifest;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;

/// The program's entrance. Exit codes: 0 all went well, 1 something failed, 2 the command line or the
/// configuration is wrong.
@CommandLine.Command(
        name = "sandalphone",
        description = "Phone calls between two people who speak different languages, interpreted.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    public static void main(String[] args) {
        var settings = new SettingsReader(System.getenv(), Engines.providers());
        System.exit(
                execute(
                        settings,
                        Application::start,
                        new PrintWriter(System.err, true, System.err.charset()),
                        args));
    }

    /// Runs the command that `args` are. What a service is started by is read without picocli: its classes are of a
    /// format that no start-up cache holds (Java 5), and loading them would take a quarter of the time to start.
    static int execute(
            SettingsReader settings, Service.Starter starter, PrintWriter err, String... args) {
        if (args.length != 3 || !args[0].equals("serve") || !args[1].equals("--config")) {
            return commandLine(settings, starter).setErr(err).execute(args);
        }
        try {
            return new ServeCommand(settings, starter, Path.of(args[2])).call();
        } catch (Exception failure) {
            return report(failure, err, "sandalphone serve");
        }
    }

    /// Runs the command that `args` are without ending the virtual machine, and returns its exit
    /// code. `environment` is for what stands as `${NAME}` in settings.
    public static int run(
            Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
        var settings = new SettingsReader(environment, Engines.providers());
        return commandLine(settings, Application::start).setOut(out).setErr(err).execute(args);
    }

    static CommandLine commandLine(SettingsReader settings, Service.Starter starter) {
        return new CommandLine(new Main())
                .addSubcommand(new ServeCommand(settings, starter))
                .addSubcommand(new ConfigCommand(settings))
                .addSubcommand(new DoctorCommand(settings, new ThisMachine()))
                .addSubcommand(new SayCommand(settings))
                .addSubcommand(new SupportCommand())
                .addSubcommand(new ModelsCommand(settings, Manifest.bundled()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::report);
    }

    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult at) {
        return report(failure, command.getErr(), command.getCommandSpec().qualifiedName());
    }

    private static int report(Exception failure, PrintWriter err, String command) {
        if (failure instanceof ConfigurationException mistaken) {
            err.println("The configuration cannot be used:");
            mistaken.problems().forEach(problem -> err.println("  " + problem));
            return CommandLine.ExitCode.USAGE;
        }
        err.println(
                command
                        + " failed: "
                        + (failure.getMessage() == null ? failure : failure.getMessage()));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
