package io.sandalphone.harness.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Processor time in seconds that the threads of a Java process have taken so far, by what they are
/// for.
record ThreadUsage(Map<String, Double> seconds) {
    static ThreadUsage of(long pid) throws IOException {
        var seconds = new TreeMap<String, Double>();
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                try {
                    String name = Files.readString(thread.resolve("comm")).strip();
                    double taken = ProcessUsage.seconds(Files.readString(thread.resolve("stat")));
                    seconds.merge(purpose(name), taken, Double::sum);
                } catch (NoSuchFileException _) {
                    // It ended just now.
                }
            }
        }
        return new ThreadUsage(seconds);
    }

    /// Linux keeps the first 15 characters of a thread's name.
    private static String purpose(String name) {
        if (name.startsWith("vert.x-eventloo")) {
            return "event loops";
        }
        if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
            return "JIT compiler";
        }
        if (name.startsWith("VM Thread")
                || name.startsWith("GC ")
                || name.startsWith("G1 ")
                || name.startsWith("Z")
                || name.startsWith("Shenandoah")) {
            return "garbage collection";
        }
        if (name.startsWith("ForkJoinPool-")) {
            return "virtual threads";
        }
        if (name.startsWith("OkHttp")) {
            return "OkHttp";
        }
        if (name.startsWith("aws-java-sdk-Ne")) {
            return "AWS client's loops";
        }
        return "other threads";
    }

    /// What each kind took since `earlier`, in seconds.
    Map<String, Double> since(ThreadUsage earlier) {
        var since = new TreeMap<String, Double>();
        seconds.forEach(
                (purpose, taken) ->
                        since.put(
                                purpose,
                                Math.max(0, taken - earlier.seconds.getOrDefault(purpose, 0.0))));
        return since;
    }

    /// What each kind took since `earlier`, in percent of a core of `elapsed` seconds, for each of
    /// `calls`.
    Map<String, Double> percentPerCall(ThreadUsage earlier, double elapsed, int calls) {
        var percent = new TreeMap<String, Double>();
        since(earlier)
                .forEach((purpose, taken) -> percent.put(purpose, 100 * taken / elapsed / calls));
        return percent;
    }
}
