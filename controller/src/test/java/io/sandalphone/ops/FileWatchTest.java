package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.FileStamp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// When a change is acted upon, without files.
class FileWatchTest {
    private FileStamp known = stamp(1);
    private final FileWatch.Change change = new FileWatch.Change(() -> known);

    private static FileStamp stamp(long size) {
        return new FileStamp(Map.of("size", size));
    }

    @Test
    void a_file_that_stays_is_nothing_to_act_upon() {
        assertFalse(change.settled(stamp(1)));
        assertFalse(change.settled(stamp(1)));
    }

    @Test
    void a_change_is_acted_upon_when_it_is_there_at_a_second_look() {
        assertFalse(change.settled(stamp(2)));
        assertTrue(change.settled(stamp(2)));
    }

    @Test
    void a_file_that_is_still_being_written_is_waited_for() {
        assertFalse(change.settled(stamp(2)));
        assertFalse(change.settled(stamp(3)));
        assertFalse(change.settled(stamp(4)));
        assertTrue(change.settled(stamp(4)));
    }

    @Test
    void what_was_read_is_not_acted_upon_again() {
        assertFalse(change.settled(stamp(2)));
        known = stamp(2);
        assertFalse(change.settled(stamp(2)));
    }

    @Test
    @Timeout(60)
    void an_action_that_never_ends_keeps_nobody_from_closing(@TempDir Path folder)
            throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        Path file = Files.writeString(folder.resolve("numbers.yaml"), "");
        var watch =
                new FileWatch(
                        file,
                        () -> known,
                        () -> {
                            begun.countDown();
                            awaitDeaf(end);
                        });
        begun.await();
        watch.close();
        assertEquals(1, end.getCount(), "the action still runs");
        end.countDown();
    }

    /// Hears no interrupt.
    private static void awaitDeaf(CountDownLatch end) {
        boolean over = false;
        while (!over) {
            try {
                end.await();
                over = true;
            } catch (InterruptedException _) {
                // As what reads a file that does not answer.
            }
        }
    }

    @Test
    void a_change_that_was_taken_back_is_none() {
        assertFalse(change.settled(stamp(2)));
        assertFalse(change.settled(stamp(1)));
        assertFalse(change.settled(stamp(2)));
    }
}
