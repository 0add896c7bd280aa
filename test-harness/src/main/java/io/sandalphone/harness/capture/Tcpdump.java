package io.sandalphone.harness.capture;

import io.sandalphone.harness.lab.Network;
import io.sandalphone.harness.lab.Poll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A running capture of one network card of a network, with the kernel's timestamps in nanoseconds.
public final class Tcpdump implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Pattern DROPPED = Pattern.compile("(\\d+) packets dropped by kernel");

    private static final int WHOLE = 65_535;

    private final Process process;
    private final Path words;

    private Tcpdump(Process process, Path words) {
        this.process = process;
        this.words = words;
    }

    /// Whether this process may capture at all: as root.
    public static boolean isAllowed() {
        return ProcessHandle.current().info().user().filter("root"::equals).isPresent();
    }

    /// Begins to capture what `filter` selects into `file`, no more of a packet than a frame of 20 ms takes; returns once it
    /// does.
    public static Tcpdump start(Network network, String card, String filter, Path file)
            throws IOException {
        return start(network, card, filter, CapturedRtp.SNAPSHOT, file);
    }

    /// The same of whole packets, each at once: of few packets the last ones would be lost at the end.
    public static Tcpdump startWhole(Network network, String card, String filter, Path file)
            throws IOException {
        return start(network, card, filter, WHOLE, file, "--immediate-mode");
    }

    private static Tcpdump start(
            Network network, String card, String filter, int length, Path file, String... more)
            throws IOException {
        Path words = file.resolveSibling(file.getFileName() + ".log");
        var command =
                new ArrayList<>(
                        List.of(
                                "tcpdump",
                                "--interface=" + card,
                                "--no-promiscuous-mode",
                                "--relinquish-privileges=root",
                                "--time-stamp-precision=nano",
                                "--snapshot-length=" + length,
                                "--buffer-size=16384",
                                "-n",
                                "-w",
                                file.toString()));
        command.addAll(List.of(more));
        command.add(filter);
        Process process =
                new ProcessBuilder(network.command(command))
                        .redirectErrorStream(true)
                        .redirectOutput(words.toFile())
                        .start();
        var capture = new Tcpdump(process, words);
        Poll.until(
                SOON,
                () -> !process.isAlive() || capture.words().contains("listening on"),
                () -> "tcpdump listens: " + capture.words());
        if (!process.isAlive()) {
            throw new IOException("tcpdump ended at once: " + capture.words());
        }
        return capture;
    }

    public long pid() {
        return process.pid();
    }

    /// Ends the capture and returns how many packets it had to leave out.
    public long stop() throws IOException {
        close();
        Matcher dropped = DROPPED.matcher(words());
        if (!dropped.find()) {
            throw new IOException("tcpdump did not say what it dropped: " + words());
        }
        return Long.parseLong(dropped.group(1));
    }

    private String words() {
        try {
            return Files.readString(words);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
