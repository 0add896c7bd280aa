package io.sandalphone.providers.offline;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// One running [SphinxWorker], seen from the gateway: a queue of orders into it, and its answers.
///
/// Orders never block who gives them; a thread of this class writes them. Sound beyond what the queue
/// holds is refused; what ends or forgets an utterance is always taken, for there is little of it.
final class SphinxProcess implements AutoCloseable {
    /// Frames on their way to the worker: a second of forty speakers.
    private static final int MOST_FRAMES = 2000;

    private final Process process;
    private final DataInputStream answers;
    private final LinkedBlockingQueue<WorkerRequest> orders = new LinkedBlockingQueue<>();
    private final AtomicInteger framesQueued = new AtomicInteger();

    private SphinxProcess(Process process) {
        this.process = process;
        answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /// Starts a worker. `hangs` is asked about once a second; when it says yes, the worker is killed.
    static SphinxProcess start(OfflineSettings settings, BooleanSupplier hangs) throws IOException {
        var process = new SphinxProcess(builder(settings).start());
        Thread.ofPlatform().daemon().name("sphinx-orders").start(process::writeOrders);
        Thread.ofVirtual().name("sphinx-watch").start(() -> process.watch(hangs));
        return process;
    }

    private static ProcessBuilder builder(OfflineSettings settings) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var builder =
                new ProcessBuilder(
                        List.of(
                                // Decoding gives way to the calls' own sound.
                                "nice",
                                "-n",
                                "5",
                                java.toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx48m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                // Reports of a crash could hold what people said.
                                "-XX:-CreateCoredumpOnCrash",
                                "-XX:ErrorFile=/dev/null",
                                "-XX:+DisplayVMOutputToStderr",
                                "-cp",
                                ownClasses(),
                                SphinxWorker.class.getName(),
                                settings.model().toString(),
                                Integer.toString(settings.decoders())));
        return builder.redirectError(Redirect.DISCARD);
    }

    /// The jar or folder this class came from: all the worker needs.
    private static String ownClasses() {
        try {
            var source = SphinxWorker.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void watch(BooleanSupplier hangs) {
        try {
            while (!process.waitFor(1, TimeUnit.SECONDS)) {
                if (hangs.getAsBoolean()) {
                    kill();
                }
            }
        } catch (InterruptedException _) {
            // Nobody interrupts it; it ends with the process.
        }
    }

    private void writeOrders() {
        try (var out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()))) {
            while (process.isAlive()) {
                var order = orders.poll(1, TimeUnit.SECONDS);
                if (order != null) {
                    if (order instanceof WorkerRequest.Hear) {
                        framesQueued.decrementAndGet();
                    }
                    order.write(out);
                }
                if (orders.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException | InterruptedException _) {
            // Who reads the answers notices that the worker is gone.
        }
    }

    /// Waits for the worker's next answer.
    WorkerResponse read() throws IOException {
        return WorkerResponse.read(answers);
    }

    /// Passes sound on. False when it had to be dropped.
    boolean offer(WorkerRequest.Hear sound) {
        if (framesQueued.incrementAndGet() > MOST_FRAMES) {
            framesQueued.decrementAndGet();
            return false;
        }
        return orders.add(sound);
    }

    /// Passes an order on that must not get lost.
    void tell(WorkerRequest order) {
        orders.add(order);
    }

    /// Ends the worker at once.
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}
