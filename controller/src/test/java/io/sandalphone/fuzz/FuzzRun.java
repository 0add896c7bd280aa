package io.sandalphone.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// What the targets of `scripts/fuzz` share. An input is a sequence of frames, a line each, so that a fuzzer reaches what
/// only a sequence of them does; how many frames there were is counted, and the memory that is used must stay as it is.
///
/// One thread, that of the fuzzer.
public final class FuzzRun {
    /// No input is longer than a call would be short.
    private static final int MOST_FRAMES = 64;

    private static final int LOOKS_EVERY = 100_000;
    private static final long GROWTH = 64L << 20;

    private static long frames;
    private static long usedAtFirst;
    private static long usedLast;

    private FuzzRun() {}

    /// For the beginning of a run: what is logged of a million faults helps nobody, and takes longer than the faults.
    public static void begin() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    }

    /// Hands each frame of `input` to `frame`.
    public static void each(byte[] input, Consumer<byte[]> frame) {
        for (byte[] line : lines(input)) {
            frame.accept(line);
            frames++;
            if (frames % LOOKS_EVERY == 0) {
                look();
            }
        }
    }

    private static List<byte[]> lines(byte[] input) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= input.length && lines.size() < MOST_FRAMES; i++) {
            if (i == input.length || input[i] == '\n') {
                lines.add(Arrays.copyOfRange(input, from, i));
                from = i + 1;
            }
        }
        return lines;
    }

    /// `input` with `value` where the word `name` stands: what an input cannot know.
    public static byte[] with(byte[] input, String name, String value) {
        // Every byte is a character of its own in this set.
        return new String(input, StandardCharsets.ISO_8859_1)
                .replace(name, value)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    // Nothing else tells what is still in use.
    @SuppressWarnings("SystemGc")
    private static void look() {
        System.gc();
        usedLast = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        if (usedAtFirst == 0) {
            usedAtFirst = usedLast;
        } else if (usedLast > usedAtFirst + GROWTH) {
            throw new IllegalStateException(
                    "memory grows: " + report() + ", " + (usedAtFirst >> 20) + " MiB at first");
        }
    }

    /// What came of it, in one line.
    public static String report() {
        return usedAtFirst == 0
                ? frames + " frames"
                : String.format(
                        Locale.ROOT,
                        "%d frames, %d MiB in use after the first %d of them, %d MiB at last",
                        frames,
                        usedAtFirst >> 20,
                        LOOKS_EVERY,
                        usedLast >> 20);
    }

    /// Prints it; for the end of a run.
    public static void tell() {
        System.out.println("fuzz: " + report());
    }
}
