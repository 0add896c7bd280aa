package io.sandalphone.harness.vendors;

import io.sandalphone.harness.fakes.Trace;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// `scripts/fakes`: runs the fakes until it is stopped, and says what a controller's
/// configuration needs to speak with them.
@CommandLine.Command(
        name = "scripts/fakes",
        subcommands = ModelCommand.class,
        sortOptions = false,
        description = {
            "Runs stand-ins for AssemblyAI, Google Cloud Translation and Amazon Polly on loopback,",
            "each on its vendor's wire protocol, until Ctrl-C. Says what a controller has to be"
                    + " told."
        },
        footerHeading = "%nWhile they run:%n",
        footer = {
            "  curl -X PUT localhost:9100/faults/polly/stall    from now on Polly stalls",
            "  curl -X DELETE localhost:9100/faults/polly       all is well again",
            "  curl localhost:9100/journal                      what came to pass at each",
            "A vendor or fault there is not is answered with those there are."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:a port is in use, or a package is missing", "2:wrong command line"})
final class VendorsCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--port",
            defaultValue = "9100",
            description =
                    "Where faults are set; the vendors have the three ports after it. Default:"
                            + " ${DEFAULT-VALUE}")
    private int port;

    @CommandLine.Option(
            names = "--language",
            defaultValue = "SPEECH",
            description =
                    "What they understand and speak: ${COMPLETION-CANDIDATES}. SPEECH needs the"
                            + " packages of the offline engines.")
    private VendorOptions.@Nullable Language language;

    @CommandLine.Option(
            names = "--recordings",
            paramLabel = "DIR",
            description = {
                "With SPEECH: the recognizer hears no words but those of these recordings, NAME.wav"
                        + " (8 kHz) with NAME.txt: the language, then the words. Without it"
                        + " PocketSphinx hears English."
            })
    private @Nullable Path recordings;

    @CommandLine.Option(
            names = "--times",
            defaultValue = "PUBLISHED",
            description = "How long they take: ${COMPLETION-CANDIDATES}.")
    private VendorOptions.@Nullable Times times;

    @CommandLine.Option(
            names = "--tls",
            paramLabel = "DIR",
            description = "Speak TLS, with a certificate and a trust store made in DIR.")
    private @Nullable Path tls;

    @CommandLine.Option(
            names = "--service-account",
            paramLabel = "FILE",
            description =
                    "Write the file of a Google service account to FILE, and have the controller"
                            + " use edition v3 with it. Without it: v2 with an API key.")
    private @Nullable Path serviceAccount;

    // Its presence is what picocli looks for.
    @SuppressWarnings("UnusedVariable")
    @CommandLine.Option(names = "--help", usageHelp = true, description = "This text.")
    private boolean help;

    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new VendorsCommand())
                        .setExecutionExceptionHandler(
                                (failure, _, _) -> {
                                    System.err.println("scripts/fakes: " + sentence(failure));
                                    return CommandLine.ExitCode.SOFTWARE;
                                })
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(arguments));
    }

    private static String sentence(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof BindException) {
                return "a port it needs is in use; --port names another";
            }
        }
        return String.valueOf(failure.getMessage());
    }

    @Override
    public Integer call() throws Exception {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Vertx vertx = Vertx.vertx();
        Vendors vendors =
                Vendors.start(
                        vertx,
                        new VendorOptions(
                                port,
                                Optional.ofNullable(tls),
                                Optional.ofNullable(serviceAccount),
                                Objects.requireNonNull(language),
                                Optional.ofNullable(recordings),
                                Objects.requireNonNull(times),
                                Trace.NONE));
        VendorControl.listen(vertx, vendors, port);
        out.println("# Ready. To lay into a controller's configuration:");
        out.println(
                "speech: {transcriber: [assemblyai], translator: [google], synthesizer: [polly]}");
        out.println("engines:");
        vendors.settings()
                .forEach(
                        (engine, settings) -> {
                            out.println("  " + engine + ":");
                            for (Map.Entry<String, String> setting : settings.entrySet()) {
                                out.println(
                                        "    "
                                                + setting.getKey()
                                                + ": \""
                                                + setting.getValue()
                                                + '"');
                            }
                        });
        if (!vendors.trustingOptions().isEmpty()) {
            out.println("# and for its virtual machine:");
            vendors.trustingOptions().forEach(option -> out.println("#   " + option));
        }
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }
}
