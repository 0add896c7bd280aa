package io.sandalphone.app;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.OperatorCommands;
import io.sandalphone.models.FetchLog;
import io.sandalphone.models.Manifest;
import io.sandalphone.models.ModelException;
import io.sandalphone.models.ModelFile;
import io.sandalphone.models.ModelFolder;
import io.sandalphone.models.ModelStore;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Fetches, checks and removes the model files that engines load.
@CommandLine.Command(
        name = "models",
        description = "Fetches, checks and removes the model files that engines load.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class ModelsCommand {
    private final SettingsReader reader;
    private final Manifest manifest;

    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    @CommandLine.Option(
            names = "--config",
            paramLabel = "FILE",
            scope = CommandLine.ScopeType.INHERIT,
            description =
                    "The configuration, for its models.folder; else the cache folder is used.")
    private @Nullable Path config;

    ModelsCommand(SettingsReader reader, Manifest manifest) {
        this.reader = reader;
        this.manifest = manifest;
    }

    @CommandLine.Command(
            description = "Lists the models: what each is for, and whether it is there.",
            mixinStandardHelpOptions = true)
    int list() throws ConfigurationException {
        ModelFolder folder = folder();
        for (ModelFile model : manifest.models()) {
            out().printf(
                            "%-18s %-8s %7s  %s; %s%n%27s %s%n",
                            model.name(),
                            folder.has(model) ? "there" : "absent",
                            model.size(),
                            model.purpose(),
                            String.join(", ", model.languages()),
                            "",
                            model.licence());
        }
        for (String profile : manifest.profiles().stream().sorted().toList()) {
            List<String> names = named(profile).stream().map(ModelFile::name).toList();
            out().printf(
                            "%-18s profile  %s%n",
                            profile, names.isEmpty() ? "needs no model" : String.join(", ", names));
        }
        out().println("folder: " + folder.path());
        out().flush();
        return CommandLine.ExitCode.OK;
    }

    @CommandLine.Command(
            description =
                    "Fetches a model, or those of a profile, unless they are there and right.",
            mixinStandardHelpOptions = true)
    int get(
            @CommandLine.Parameters(paramLabel = "NAME|PROFILE") String name,
            @CommandLine.Option(
                            names = "--from",
                            paramLabel = "FILE",
                            description = "Takes the model from FILE, and asks no network.")
                    @Nullable Path from,
            @CommandLine.Option(
                            names = "--accept",
                            description =
                                    "Agrees to a licence that asks for more than attribution.")
                    boolean accept)
            throws ConfigurationException, ModelException, InterruptedException {
        List<ModelFile> models = named(name);
        if (from != null && models.size() != 1) {
            throw new CommandLine.ParameterException(
                    command(), "--from FILE is for one model; " + name + " has " + models.size());
        }
        ModelStore store = store();
        for (ModelFile model : models) {
            say(model.name() + ": " + model.purpose() + "; licence " + model.licence());
            FetchLog log = sentence -> say("  " + sentence);
            Path place =
                    from == null
                            ? store.get(model, accept, log)
                            : store.put(model, from, accept, log);
            out().println(model.name() + ": " + place);
            out().flush();
        }
        if (models.isEmpty()) {
            out().println(name + " needs no model");
            out().flush();
        }
        return CommandLine.ExitCode.OK;
    }

    @CommandLine.Command(
            description = "Reads every model that is there and compares its SHA-256.",
            mixinStandardHelpOptions = true)
    int verify() throws ConfigurationException {
        ModelFolder folder = folder();
        boolean wrong = false;
        for (ModelFile model : manifest.models()) {
            if (folder.has(model)) {
                try {
                    folder.checked(model);
                    out().println("ok     " + model.name());
                } catch (ModelException fault) {
                    wrong = true;
                    out().println("fault  " + fault.getMessage());
                }
            }
        }
        out().flush();
        return wrong ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    @CommandLine.Command(
            description = "Takes a model, or those of a profile, away.",
            mixinStandardHelpOptions = true)
    int remove(@CommandLine.Parameters(paramLabel = "NAME|PROFILE") String name)
            throws ConfigurationException, ModelException {
        ModelStore store = store();
        for (ModelFile model : named(name)) {
            boolean was = store.remove(model, this::say);
            out().println(model.name() + ": " + (was ? "removed" : "was not there"));
        }
        out().flush();
        return CommandLine.ExitCode.OK;
    }

    private List<ModelFile> named(String name) {
        return manifest.named(name)
                .orElseThrow(
                        () ->
                                new CommandLine.ParameterException(
                                        command(),
                                        "no model or profile "
                                                + name
                                                + ": "
                                                + OperatorCommands.named("models")
                                                + " list names them"));
    }

    private ModelStore store() throws ConfigurationException {
        return new ModelStore(manifest, folder(), reader.environment());
    }

    private ModelFolder folder() throws ConfigurationException {
        return config == null
                ? ModelFolder.standard(reader.environment())
                : reader.read(config).settings().models();
    }

    private void say(String sentence) {
        command().getErr().println(sentence);
        command().getErr().flush();
    }

    private PrintWriter out() {
        return command().getOut();
    }

    private CommandLine command() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
