package io.sandalphone.harness.vendors;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.lab.LoopbackHttp;
import io.sandalphone.harness.lab.NetNamespace;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RunFolder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// The fakes in a process of their own, in the network of the controller that is to meet them.
///
/// Thread-safe.
public final class VendorsProcess implements AutoCloseable {
    static final int PORT = 9100;
    private static final String CONFIGURATION = "vendors.yaml";
    private static final String LOG = "vendors.log";
    private static final Duration READY = Duration.ofSeconds(60);

    private final LoopbackHttp http;
    private final Path folder;
    private final Process process;

    /// Starts them and returns when they answer.
    public static VendorsProcess start(
            NetNamespace network, VendorOptions.Language language, VendorOptions.Times times) {
        return start(network, language, times, _ -> List.of());
    }

    /// The same by TLS, with edition v3 of Google's service: what production uses.
    public static VendorsProcess startSecured(
            NetNamespace network, VendorOptions.Language language, VendorOptions.Times times) {
        return start(network, language, times, VendorsProcess::secured);
    }

    /// The same, as long as the vendors say, of which the recognizer hears the recordings in the folder `recordings` alone.
    public static VendorsProcess startKnowing(NetNamespace network, Path recordings) {
        return start(
                network,
                VendorOptions.Language.SPEECH,
                VendorOptions.Times.PUBLISHED,
                folder -> {
                    List<String> options = new ArrayList<>(secured(folder));
                    options.add("--recordings=" + recordings.toAbsolutePath());
                    return options;
                });
    }

    private static List<String> secured(Path folder) {
        return List.of(
                "--tls=" + folder.resolve("tls"),
                "--service-account=" + folder.resolve("google.json"));
    }

    private static VendorsProcess start(
            NetNamespace network,
            VendorOptions.Language language,
            VendorOptions.Times times,
            Function<Path, List<String>> more) {
        Path folder = RunFolder.create("vendors");
        List<String> options = new ArrayList<>(more.apply(folder));
        options.addAll(List.of("--port=" + PORT, "--language=" + language, "--times=" + times));
        try {
            return new VendorsProcess(network, folder, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private VendorsProcess(NetNamespace network, Path folder, List<String> options)
            throws IOException {
        http = new LoopbackHttp(network, PORT, Map.of());
        this.folder = folder;
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VendorsCommand.class.getName()));
        command.addAll(options);
        process =
                new ProcessBuilder(network.command(command))
                        .redirectOutput(folder.resolve(CONFIGURATION).toFile())
                        .redirectError(folder.resolve(LOG).toFile())
                        .start();
        try {
            Poll.until(
                    READY,
                    () -> !process.isAlive() || answers(),
                    () -> "the fakes answer:\n" + log());
            if (!process.isAlive()) {
                throw new IllegalStateException("the fakes ended at once:\n" + log());
            }
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    private boolean answers() {
        return http.request("GET", "/settings").status() == 200;
    }

    /// For each engine what a controller has to be told to speak with these fakes.
    public Map<String, Map<String, String>> settings() {
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        get("/settings")
                .properties()
                .forEach(
                        engine -> {
                            Map<String, String> own = new LinkedHashMap<>();
                            engine.getValue()
                                    .properties()
                                    .forEach(
                                            setting ->
                                                    own.put(
                                                            setting.getKey(),
                                                            setting.getValue().asText()));
                            settings.put(engine.getKey(), own);
                        });
        return settings;
    }

    /// The options with which a virtual machine trusts them; none without TLS.
    public List<String> trustingOptions() {
        List<String> options = new ArrayList<>();
        get("/trusting-options").forEach(option -> options.add(option.asText()));
        return options;
    }

    /// From now on `vendor` has `fault`; see [io.sandalphone.harness.fakes.Fake#inject].
    public void inject(Vendor vendor, Fault fault) {
        request("PUT", "/faults/" + vendor.engine() + "/" + fault.name().toLowerCase(Locale.ROOT));
    }

    /// From now on all is well with `vendor`.
    public void recover(Vendor vendor) {
        request("DELETE", "/faults/" + vendor.engine());
    }

    /// What came to pass at `vendor`, as its fake's record tells.
    public JsonNode journal(Vendor vendor) {
        return get("/journal").path(vendor.engine());
    }

    /// The configuration, as they printed it for people.
    String configuration() {
        return read(CONFIGURATION);
    }

    /// What they complained of.
    public String log() {
        return read(LOG);
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode get(String path) {
        return request("GET", path).json();
    }

    private LoopbackHttp.Answer request(String method, String path) {
        LoopbackHttp.Answer answer = http.request(method, path);
        if (answer.status() < 200 || answer.status() >= 400) {
            throw new IllegalStateException(method + " " + path + ": " + answer);
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        RunFolder.delete(folder);
    }
}
