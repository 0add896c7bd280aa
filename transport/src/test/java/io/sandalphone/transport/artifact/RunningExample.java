package io.sandalphone.transport.artifact;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A program of the example that runs.
final class RunningExample implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("port ([0-9]+), webhook POST (.*)");

    private final Process process;
    private final int port;
    private final String webhook;

    /// One whose first line says where it listens.
    RunningExample(Process process) throws IOException {
        this.process = process;
        var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        Matcher listens = LISTENS.matcher(line == null ? "" : line);
        if (!listens.matches()) {
            process.destroyForcibly();
            throw new AssertionError("it does not listen but says: " + line);
        }
        port = Integer.parseInt(listens.group(1));
        webhook = listens.group(2);
    }

    int port() {
        return port;
    }

    String webhook() {
        return webhook;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
