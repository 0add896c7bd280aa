package io.sandalphone.harness.vendors;

import io.sandalphone.harness.fakes.Trace;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// `scripts/fakes`: runs the fakes until it is told to stop, and says what a controller's
/// configuration needs to speak with them.
@CommandLine.Command(
        name = "scripts/fakes",
        sortOptions = false,
        description = {
            "Runs stand-ins for AssemblyAI, Google Cloud Translation and Amazon Polly on loopback,",
            "each on its vendor's wire protocol, until Ctrl-C."
        })
final class VendorsCommand implements Callable<Integer> {
    @CommandLine.Option(
            names = "--port",
            defaultValue = "9100",
            description =
                    "Where faults are told (PUT /faults/polly/stall, DELETE /faults/polly, GET"
                            + " /journal); the vendors have the three ports after it. Default:"
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
            names = "--times",
            defaultValue = "PUBLISHED",
            description = "How long they take: ${COMPLETION-CANDIDATES}.")
    private VendorOptions.@Nullable Times times;

    @CommandLine.Option(
            names = "--tls",
            paramLabel = "DIR",
            description = "Speak TLS, with a certificate and a trust store made in DIR.")
    private @Nullable Path tls;

    // Its presence is what picocli looks for.
    @SuppressWarnings("UnusedVariable")
    @CommandLine.Option(names = "--help", usageHelp = true, description = "This text.")
    private boolean help;

    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new VendorsCommand())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(arguments));
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
                                Objects.requireNonNull(language),
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
