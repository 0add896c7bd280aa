package io.sandalphone.harness.bench;

import io.sandalphone.harness.controller.ControllerProcess;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a controller holds at one moment: open sockets, threads of the system, live calls, and objects of calls and agents that its heap
/// still has when all garbage is gone.
record Leftovers(int sockets, int threads, int calls, long objects) {
    /// What lives as long as a call does, and no longer.
    private static final List<String> OF_A_CALL =
            List.of(
                    "io.sandalphone.agent.Attendant",
                    "io.sandalphone.agent.AgentVoice",
                    "io.sandalphone.agent.AgentEars",
                    "io.sandalphone.agent.Reply",
                    "io.sandalphone.call.CallSession",
                    "io.sandalphone.speech.input.SpeechInput");

    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

    static Leftovers of(ControllerProcess controller) throws IOException, InterruptedException {
        Path process = Path.of("/proc", Long.toString(controller.pid()));
        return new Leftovers(
                sockets(process.resolve("fd")),
                count(process.resolve("task")),
                controller.sessions().size(),
                objects(controller.pid()));
    }

    private static int sockets(Path folder) throws IOException {
        int sockets = 0;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(folder)) {
            for (Path each : open) {
                try {
                    sockets +=
                            Files.readSymbolicLink(each).toString().startsWith("socket:") ? 1 : 0;
                } catch (NoSuchFileException _) {
                    // It was closed just now.
                }
            }
        }
        return sockets;
    }

    private static int count(Path folder) throws IOException {
        int count = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path _ : all) {
                count++;
            }
        }
        return count;
    }

    /// The histogram is made behind a full collection.
    private static long objects(long pid) throws IOException, InterruptedException {
        Process histogram =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        var text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (histogram.waitFor() != 0 || !text.contains("io.sandalphone.")) {
            throw new IOException("no histogram of the heap: " + text.lines().findFirst());
        }
        return text.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .filter(line -> OF_A_CALL.contains(line.group(2)))
                .mapToLong(line -> Long.parseLong(line.group(1)))
                .sum();
    }
}
