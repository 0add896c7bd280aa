package io.sandalphone.speech.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// One running worker, seen from the gateway: a queue of orders into it, and its answers.
///
/// Orders never block who gives them; a thread of this class writes them. Sound beyond what the queue
/// holds is refused; what ends or forgets an utterance is always taken, for there is little of it.
final class WorkerProcess implements AutoCloseable {
    /// Frames on their way to the worker: a second of forty speakers.
    private static final int MOST_FRAMES = 2000;

    private final Process process;
    private final DataInputStream answers;
    private final LinkedBlockingQueue<WorkerOrder> orders = new LinkedBlockingQueue<>();
    private final AtomicInteger framesQueued = new AtomicInteger();

    private WorkerProcess(Process process) {
        this.process = process;
        answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /// Starts a worker. `hangs` is asked about once a second; when it says yes, the worker is killed.
    static WorkerProcess start(WorkerProgram program, BooleanSupplier hangs) throws IOException {
        var process = new WorkerProcess(builder(program).start());
        Thread.ofPlatform().daemon().name(program.name() + "-orders").start(process::writeOrders);
        Thread.ofVirtual().name(program.name() + "-watch").start(() -> process.watch(hangs));
        return process;
    }

    private static ProcessBuilder builder(WorkerProgram program) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                // Its work gives way to the calls' own sound.
                                "nice",
                                "-n",
                                "5",
                                java.toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx" + program.heap(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                // Reports of a crash could hold what people said.
                                "-XX:-CreateCoredumpOnCrash",
                                "-XX:ErrorFile=/dev/null",
                                "-XX:+DisplayVMOutputToStderr",
                                "-cp",
                                program.classPath(),
                                program.main().getName()));
        command.addAll(program.arguments());
        var builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
        builder.environment().putAll(program.environment());
        return builder;
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

    /// What the worker says, for one thread to read.
    DataInputStream answers() {
        return answers;
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
    void tell(WorkerOrder order) {
        orders.add(order);
    }

    /// False from its end on, of which who reads its answers learns a little later.
    boolean isAlive() {
        return process.isAlive();
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
