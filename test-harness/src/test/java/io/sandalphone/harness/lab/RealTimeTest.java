package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

class RealTimeTest {
    // sched(7)
    private static final String OTHER = "0";
    private static final String ROUND_ROBIN = "2";

    /// proc_pid_stat(5): the fields after the name in brackets, of which the first is the third.
    private static String policy() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[41 - 3];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Seen(boolean taken, String before, String after) {}

    @Test
    void the_thread_that_takes_it_has_it_alone() {
        var seen = new CompletableFuture<Seen>();
        Thread.ofPlatform()
                .start(
                        () -> {
                            String before = policy();
                            seen.complete(new Seen(RealTime.take(), before, policy()));
                        });

        assertEquals(OTHER, seen.join().before());
        // Not everybody may have it.
        assertEquals(seen.join().taken() ? ROUND_ROBIN : OTHER, seen.join().after());
        assertEquals(OTHER, policy());
    }
}
