package io.sandalphone.harness.contract;

import io.sandalphone.harness.lab.Poll;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What this virtual machine holds at a moment that closing an engine must give back: threads, sockets
/// and processes.
record HeldResources(Set<Thread> threads, long sockets, Set<ProcessHandle> processes) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Threads that libraries keep for the whole of the virtual machine, by how their names begin.
    private static final List<String> SHARED =
            List.of(
                    "OkHttp ",
                    "Okio Watchdog",
                    "ForkJoinPool",
                    "VirtualThread",
                    "process reaper",
                    "vert",
                    "Cleaner",
                    "idle-connection-reaper",
                    "sdk-",
                    "globalEventExecutor",
                    "Attach Listener",
                    "Common-Cleaner");

    static HeldResources now() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return new HeldResources(
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(
                                    thread ->
                                            SHARED.stream().noneMatch(thread.getName()::startsWith))
                            .collect(Collectors.toSet()),
                    open.filter(HeldResources::isSocket).count(),
                    ProcessHandle.current().descendants().collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException _) {
            // Closed since it was listed.
            return false;
        }
    }

    /// Waits until nothing is held any more that was not held at this moment.
    void awaitReturn() {
        Poll.until(PATIENCE, () -> now().beyond(this).isEmpty(), () -> now().beyond(this));
    }

    private String beyond(HeldResources before) {
        Set<Thread> moreThreads = new HashSet<>(threads);
        moreThreads.removeAll(before.threads);
        Set<ProcessHandle> moreProcesses = new HashSet<>(processes);
        moreProcesses.removeAll(before.processes);
        return moreThreads.isEmpty() && moreProcesses.isEmpty() && sockets <= before.sockets
                ? ""
                : "left: threads %s, processes %s, sockets %d before and %d now"
                        .formatted(moreThreads, moreProcesses, before.sockets, sockets);
    }
}
