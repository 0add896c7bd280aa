package io.sandalphone.harness.controller;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a controller takes of its machine.
///
/// @param heapBytes objects that are alive after a collection
public record ResourceUsage(long threads, long descriptors, long heapBytes) {
    /// Clients keep idle connections and threads for a minute or so, for the next call.
    private static final int IDLE_THREADS = 10;

    private static final int IDLE_CONNECTIONS = 20;
    private static final long CACHES = 3 << 20;

    /// Collects its garbage first.
    public static ResourceUsage of(ControllerProcess controller) {
        Path process = Path.of("/proc", Long.toString(controller.pid()));
        return new ResourceUsage(
                count(process.resolve("task")),
                count(process.resolve("fd")),
                living(controller.pid()));
    }

    private static long count(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long living(long pid) {
        Path java = Path.of(ProcessHandle.current().info().command().orElse("java"));
        String histogram;
        try {
            Process jcmd =
                    new ProcessBuilder(
                                    java.resolveSibling("jcmd").toString(),
                                    Long.toString(pid),
                                    "GC.class_histogram")
                            .redirectErrorStream(true)
                            .start();
            histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String total = histogram.strip().lines().reduce((_, last) -> last).orElseThrow();
        return Long.parseLong(total.strip().split("\\s+", -1)[2]);
    }

    /// Whether what was taken since `before` is given back, but for what is kept for the next call.
    public boolean isBackAt(ResourceUsage before) {
        return threads <= before.threads + IDLE_THREADS
                && descriptors <= before.descriptors + IDLE_CONNECTIONS
                && heapBytes <= before.heapBytes + CACHES;
    }

    @Override
    public String toString() {
        return "%d threads, %d descriptors, %.1f MB"
                .formatted(threads, descriptors, heapBytes / 1e6);
    }
}
