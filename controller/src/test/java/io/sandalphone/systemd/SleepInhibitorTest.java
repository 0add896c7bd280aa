package io.sandalphone.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

@Timeout(30)
class SleepInhibitorTest {
    @TempDir Path folder;

    /// Tells through a pipe what it does.
    private List<String> inhibit(String what, String body) {
        return List.of("sh", "-c", body, "sh", what, folder.resolve("told").toString());
    }

    private static final String HOLDS =
            """
            echo "held $1" > "$2"
            echo held
            cat > /dev/null
            echo "left $1" > "$2"
            """;

    /// What was told, line by line.
    private BlockingQueue<String> told() throws Exception {
        Path pipe = folder.resolve("told");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            while (Files.exists(pipe)) {
                                try (BufferedReader reader = Files.newBufferedReader(pipe)) {
                                    reader.lines().forEach(lines::add);
                                } catch (IOException gone) {
                                    return;
                                }
                            }
                        });
        return lines;
    }

    @Test
    void the_lock_is_held_from_the_first_call_to_the_last() throws Exception {
        BlockingQueue<String> told = told();
        try (var inhibitor =
                new SleepInhibitor(what -> inhibit(what, HOLDS), Duration.ofMillis(1))) {
            inhibitor.begun("a");
            inhibitor.begun("b");
            assertEquals("held sleep:idle:handle-lid-switch", told.take());
            inhibitor.ended("a");
            inhibitor.begun("b");
            inhibitor.ended("b");
            assertEquals("left sleep:idle:handle-lid-switch", told.take());
            inhibitor.begun("c");
            assertEquals("held sleep:idle:handle-lid-switch", told.take());
        }
        assertEquals("left sleep:idle:handle-lid-switch", told.take());
    }

    @Test
    void between_two_calls_it_is_kept() throws Exception {
        BlockingQueue<String> told = told();
        try (var inhibitor = new SleepInhibitor(what -> inhibit(what, HOLDS), Duration.ofDays(1))) {
            inhibitor.begun("a");
            assertEquals("held sleep:idle:handle-lid-switch", told.take());
            inhibitor.ended("a");
            inhibitor.begun("b");
            inhibitor.ended("b");
        }
        assertEquals("left sleep:idle:handle-lid-switch", told.take());
        assertTrue(told.isEmpty(), told::toString);
    }

    @Test
    void where_logind_refuses_it_a_weaker_one_is_held() throws Exception {
        BlockingQueue<String> told = told();
        String refuses = "[ \"$1\" = idle ] || { echo Access denied; exit 1; }\n" + HOLDS;
        try (var inhibitor =
                new SleepInhibitor(what -> inhibit(what, refuses), Duration.ofMillis(1))) {
            inhibitor.begun("a");
            assertEquals("held idle", told.take());
        }
    }

    @Test
    void where_there_is_none_calls_hear_nothing_of_it_and_it_is_not_tried_again() throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        try (var inhibitor =
                new SleepInhibitor(
                        what -> {
                            asked.add(what);
                            return List.of(folder.resolve("not-there").toString());
                        },
                        Duration.ofMillis(1))) {
            inhibitor.begun("a");
            assertEquals("sleep:idle:handle-lid-switch", asked.take());
            assertEquals("idle", asked.take());
            inhibitor.ended("a");
            while (!inhibitor.rests()) {
                Thread.onSpinWait();
            }
            inhibitor.begun("b");
        }
        assertTrue(asked.isEmpty(), asked::toString);
    }
}
