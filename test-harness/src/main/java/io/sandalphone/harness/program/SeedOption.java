package io.sandalphone.harness.program;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.PrintStream;
import java.util.Random;

/// The option `--seed`, for programs that leave something to chance.
public final class SeedOption {
    private static final int MOST = 1_000_000;

    @CommandLine.Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Where all chance comes from. Default: another one each time; it is printed.")
    private @Nullable Long seed;

    /// What was given or else drawn; printed to `out`, so that the run can be had again.
    public long chosen(PrintStream out) {
        long chosen = seed == null ? new Random().nextInt(MOST) : seed;
        out.println("seed " + chosen);
        return chosen;
    }
}
