package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.FileStamp;

import org.junit.jupiter.api.Test;

import java.util.Map;

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
    void a_change_that_was_taken_back_is_none() {
        assertFalse(change.settled(stamp(2)));
        assertFalse(change.settled(stamp(1)));
        assertFalse(change.settled(stamp(2)));
    }
}
