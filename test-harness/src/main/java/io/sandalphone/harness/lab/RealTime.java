package io.sandalphone.harness.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Threads that stand for machines of their own, such as telephones: whatever else keeps this one busy, a gateway that starts
/// above all, must not be heard as if it had happened in a call.
public final class RealTime {
    // As Asterisk's own threads have it here, by its -p.
    private static final String PRIORITY = "10";

    private RealTime() {}

    /// Gives the calling thread real-time priority (`SCHED_RR`), where this program may: else it goes on as it is.
    ///
    /// @return whether it has it now
    public static boolean take() {
        try {
            String thread =
                    Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString();
            return Command.attempt(
                                    List.of(
                                            "chrt",
                                            "--rr",
                                            "--reset-on-fork",
                                            "--pid",
                                            PRIORITY,
                                            thread))
                            .status()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
