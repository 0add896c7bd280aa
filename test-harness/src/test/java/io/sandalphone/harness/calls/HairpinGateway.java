package io.sandalphone.harness.calls;

import io.sandalphone.harness.lab.AsteriskHost;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A [HairpinProgram] that runs beside an [AsteriskHost] in a process of its own, so that it can be
/// killed. Used from one thread at a time.
final class HairpinGateway implements AutoCloseable {
    private final Process process;
    private final Writer orders;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reading;

    /// Starts one and returns once calls can come.
    static HairpinGateway start(AsteriskHost host) throws IOException, InterruptedException {
        var gateway =
                new HairpinGateway(
                        new ProcessBuilder(
                                        host.vps()
                                                .command(
                                                        ProcessHandle.current()
                                                                .info()
                                                                .command()
                                                                .orElse("java"),
                                                        "-XX:TieredStopAtLevel=1",
                                                        "-XX:+UseSerialGC",
                                                        "-Xmx256m",
                                                        "-cp",
                                                        System.getProperty("java.class.path"),
                                                        HairpinProgram.class.getName()))
                                .redirectErrorStream(true)
                                .start());
        host.report("gateway", () -> String.join("\n", gateway.told));
        try {
            gateway.await("up", Duration.ofSeconds(60));
            return gateway;
        } catch (AssertionError | InterruptedException e) {
            gateway.close();
            throw e;
        }
    }

    private HairpinGateway(Process process) {
        this.process = process;
        orders = process.outputWriter(StandardCharsets.UTF_8);
        var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        reading = Thread.ofVirtual().start(() -> read(output));
    }

    private void read(BufferedReader output) {
        try (output) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                told.add(line);
                lines.add(line);
            }
        } catch (IOException e) {
            told.add(e.toString());
        }
    }

    /// Waits until it says `line`; what it says before is forgotten.
    void await(String line, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        String next = "";
        while (!line.equals(next)) {
            next = lines.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("not said: " + line + "; but: " + told);
            }
        }
    }

    /// What it has said.
    List<String> said() {
        return List.copyOf(told);
    }

    /// Gives it an order.
    void order(String order) {
        try {
            orders.write(order + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends it with SIGKILL, as a crash does.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
        try {
            reading.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
