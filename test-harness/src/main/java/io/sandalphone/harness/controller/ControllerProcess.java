package io.sandalphone.harness.controller;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.LoopbackHttp;
import io.sandalphone.harness.lab.LoopbackHttp.Answer;
import io.sandalphone.harness.lab.Network;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RunFolder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A controller that runs beside an [AsteriskHost], or alone, in a process of its own, so that it can be
/// killed. Operators' requests are made from its own network, as on a real server.
///
/// Thread-safe but for the methods that start and end it.
public final class ControllerProcess implements AutoCloseable {
    private static final Duration READY = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final String CONFIGURATION = "controller.yaml";
    private static final String LOG = "controller.log";

    private final Network network;
    private final LoopbackHttp http;
    private final Path folder;
    private final ControllerProgram program;
    private Process process;
    private volatile @Nullable String lastWords;

    /// Starts a controller and returns once it is healthy.
    public static ControllerProcess start(AsteriskHost host, ControllerSettings settings) {
        return start(host, settings, ControllerProgram.QUICK);
    }

    /// The same, run in another way than tests usually do.
    public static ControllerProcess start(
            AsteriskHost host, ControllerSettings settings, ControllerProgram program) {
        return start(host, settings.yaml(host), program);
    }

    /// The same with `configuration`, the whole text of its YAML file.
    public static ControllerProcess start(
            AsteriskHost host, String configuration, ControllerProgram program) {
        return launch(host, configuration, program).healthy();
    }

    /// The same where `part`, as `/health` calls it, cannot come up: returns once everything else has.
    public static ControllerProcess startWithout(
            String part, AsteriskHost host, ControllerSettings settings) {
        ControllerProcess controller = launch(host, settings.yaml(host), ControllerProgram.QUICK);
        return controller.ready(() -> controller.isUpWithout(part));
    }

    /// A controller without Asterisk, in the machine's own network, which answers operators at `port`.
    public static ControllerProcess alone(
            ControllerSettings settings, int port, ControllerProgram program) {
        return launch(Network.ofThisMachine(), port, settings.yaml(port), program).healthy();
    }

    private static ControllerProcess launch(
            AsteriskHost host, String configuration, ControllerProgram program) {
        ControllerProcess controller =
                launch(host.vps(), ControllerSettings.PORT, configuration, program);
        host.report("controller", controller::log);
        return controller;
    }

    private static ControllerProcess launch(
            Network network, int port, String configuration, ControllerProgram program) {
        Path folder = program.folder().orElseGet(() -> RunFolder.create("controller"));
        try {
            Files.writeString(folder.resolve(CONFIGURATION), configuration);
            Files.deleteIfExists(folder.resolve(LOG));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ControllerProcess(network, port, folder, program);
    }

    private ControllerProcess healthy() {
        return ready(this::isUp);
    }

    private ControllerProcess ready(BooleanSupplier ready) {
        try {
            awaitReady(ready);
        } catch (RuntimeException | AssertionError e) {
            e.addSuppressed(new IllegalStateException(log()));
            close();
            throw e;
        }
        return this;
    }

    private ControllerProcess(Network network, int port, Path folder, ControllerProgram program) {
        this.network = network;
        http =
                new LoopbackHttp(
                        network,
                        port,
                        Map.of("Authorization", "Bearer " + ControllerSettings.TOKEN));
        this.folder = folder;
        this.program = program;
        process = launch();
    }

    private Process launch() {
        List<String> command = new ArrayList<>(program.before());
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(program.java());
        command.addAll(List.of("serve", "--config", folder.resolve(CONFIGURATION).toString()));
        try {
            return new ProcessBuilder(network.command(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts it again after it ended.
    public void restart() {
        process = launch();
        awaitReady(this::isUp);
    }

    private void awaitReady(BooleanSupplier ready) {
        Poll.until(
                READY,
                () -> !process.isAlive() || ready.getAsBoolean(),
                () -> "the controller is healthy: " + get("/health"));
        if (!process.isAlive()) {
            throw new IllegalStateException("the controller ended at once:\n" + log());
        }
    }

    /// Waits until the controller says that it can take calls and interpret them.
    public void awaitUp(Duration patience) {
        Poll.until(patience, this::isUp, () -> "the controller is healthy: " + get("/health"));
    }

    /// Whether it says that it connects calls and interprets them.
    public boolean isUp() {
        Answer health = get("/health");
        return health.status() == 200 && health.json().path("status").asText().equals("up");
    }

    private boolean isUpWithout(String part) {
        Answer health = get("/health");
        if (health.status() != 200) {
            return false;
        }
        for (JsonNode check : health.json().path("checks")) {
            boolean matters = !check.path("kind").asText().equals("notice");
            boolean expected = !check.path("name").asText().equals(part);
            if (matters && check.path("up").asBoolean() != expected) {
                return false;
            }
        }
        return true;
    }

    /// What `/health` tells of a part, such as `transcriber whisper`: whether it is `up`, else the `reason`.
    public JsonNode check(String name) {
        for (JsonNode check : get("/health").json().path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("/health does not tell of " + name);
    }

    /// Ends it with SIGKILL, as a crash does.
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// Ends it with SIGTERM and returns its exit code.
    public int stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the controller did not stop in time:\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /// Lets it do nothing until [#thaw], as on a machine that is overloaded.
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int status =
                    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill -" + name + " failed: " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Its process id.
    public long pid() {
        return process.pid();
    }

    /// All it has logged so far.
    public String log() {
        String kept = lastWords;
        if (kept != null) {
            return kept;
        }
        try {
            return Files.exists(logFile()) ? Files.readString(logFile()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many bytes it has logged so far.
    public long logLength() {
        try {
            return Files.exists(logFile()) ? Files.size(logFile()) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What it has logged after the first `bytes`.
    public String logFrom(long bytes) {
        try (var file = new RandomAccessFile(logFile().toFile(), "r")) {
            byte[] rest = new byte[Math.toIntExact(file.length() - bytes)];
            file.seek(bytes);
            file.readFully(rest);
            return new String(rest, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until it has logged `part`: what is logged at the end of a call comes after its people are gone.
    public void awaitLog(String part, Duration patience) {
        Poll.until(patience, () -> log().contains(part), this::log);
    }

    private Path logFile() {
        return folder.resolve(LOG);
    }

    /// The live calls.
    public JsonNode sessions() {
        JsonNode answer = get("/sessions").json();
        return answer.isArray() ? answer : answer.path("sessions");
    }

    /// Waits until no call lives any more.
    public void awaitIdle(Duration patience) {
        Poll.until(patience, () -> sessions().isEmpty(), () -> "no call lives: " + sessions());
    }

    /// The value of one sample of `/metrics`, such as `sandalphone_call_live` or with its labels
    /// `…{reason="x",result="y"}`; 0 when there is none.
    public double metric(String sample) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(sample + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .sum();
    }

    public Answer get(String path) {
        return http.request("GET", path);
    }

    public Answer post(String path, String body) {
        return http.request("POST", path, body);
    }

    public Answer delete(String path) {
        return http.request("DELETE", path);
    }

    /// What happens to calls from now on.
    public EventWatch watch() {
        return watch(_ -> {});
    }

    /// The same; `listener` gets each event as well, one after the other, on a thread of the
    /// watch.
    public EventWatch watch(Consumer<EventWatch.Event> listener) {
        return new EventWatch(network, http.uri("/events"), ControllerSettings.TOKEN, listener);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly().onExit().join();
        }
        // The report of a failed test is written after this.
        lastWords = log();
        if (program.folder().isEmpty()) {
            RunFolder.delete(folder);
        }
    }
}
