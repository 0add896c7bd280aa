package io.sandalphone.harness.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Short system commands, run to their end.
public final class Command {
    private Command() {}

    /// Runs a command that must succeed and returns what it printed. Its output, errors included,
    /// is in the exception when it fails.
    public static String run(String... words) {
        return run(List.of(words));
    }

    /// The same, of a list.
    public static String run(List<String> words) {
        Result result = attempt(words);
        if (result.status() != 0) {
            throw new IllegalStateException(
                    String.join(" ", words) + ": exit " + result.status() + ": " + result.output());
        }
        return result.output();
    }

    /// Runs a command that may fail.
    public static Result attempt(List<String> words) {
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + words.getFirst(), e);
        }
    }

    /// How a command ended, and what it printed on both outputs.
    public record Result(int status, String output) {}
}
