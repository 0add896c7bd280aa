package io.sandalphone.harness.bench;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.fakes.Trace;
import io.sandalphone.harness.lab.Project;
import io.sandalphone.harness.lab.RunFolder;
import io.sandalphone.harness.vendors.VendorOptions;
import io.sandalphone.harness.vendors.VendorOptions.Language;
import io.sandalphone.harness.vendors.VendorOptions.Times;
import io.sandalphone.harness.vendors.Vendors;
import io.vertx.core.Vertx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the clients of AssemblyAI, Google and Polly add between their input and their output, and what
/// they take: many calls' worth of them in a process of their own, against fakes that take no time, in
/// this one. `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench providers`, which checks the command line.
public final class ProvidersBench {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int calls;
    private final int seconds;
    private final List<String> jvmOptions;

    ProvidersBench(int calls, int seconds, List<String> jvmOptions) {
        this.calls = calls;
        this.seconds = seconds;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    /// `args`: how many calls, how many seconds for each phase, the file for the results as JSON, and
    /// further options for the clients' virtual machine.
    public static void main(String[] args) throws Exception {
        var bench =
                new ProvidersBench(
                        Integer.parseInt(args[0]),
                        Integer.parseInt(args[1]),
                        Arrays.asList(args).subList(3, args.length));
        Path json = Path.of(args[2]).toAbsolutePath();
        try {
            ProvidersResult result = bench.run();
            Files.createDirectories(json.getParent());
            Files.writeString(json, result.json());
            System.out.print(result.table());
        } catch (IllegalStateException e) {
            System.err.println("the benchmark failed: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    ProvidersResult run() throws Exception {
        Path folder = RunFolder.create("bench");
        Trace trace = Trace.keeping();
        Vertx vertx = Vertx.vertx();
        try (var vendors =
                Vendors.start(
                        vertx,
                        new VendorOptions(
                                0,
                                Optional.of(folder.resolve("tls")),
                                Optional.empty(),
                                Language.TONES,
                                Optional.empty(),
                                Times.INSTANT,
                                trace))) {
            JSON.writeValue(folder.resolve("settings.json").toFile(), vendors.settings());
            Process clients = start(folder, vendors.trustingOptions());
            if (clients.waitFor() != 0) {
                throw new IllegalStateException("the clients' process ended badly");
            }
            List<PhaseReport> reports = new ArrayList<>();
            for (Phase phase : Phase.values()) {
                Path report = folder.resolve(phase + ".json");
                reports.add(JSON.readValue(report.toFile(), PhaseReport.class));
            }
            return ProvidersResult.of(calls, reports, trace.take());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            RunFolder.delete(folder);
        }
    }

    private Process start(Path folder, List<String> trusting) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("@" + Project.jvmOptions());
        command.addAll(trusting);
        command.addAll(jvmOptions);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProvidersClient.class.getName(),
                        folder.toString(),
                        Integer.toString(calls),
                        Integer.toString(seconds)));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
