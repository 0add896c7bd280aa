package io.sandalphone.telephony.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ChunkOrderTest {
    private final ChunkOrder order = new ChunkOrder();
    private final List<Long> out = new ArrayList<>();

    /// Puts pieces whose time is their number, and tells which of them were dropped.
    private List<Long> put(long... chunks) {
        List<Long> dropped = new ArrayList<>();
        for (long chunk : chunks) {
            if (!order.put(chunk, new short[160], chunk, (_, millis) -> out.add(millis))) {
                dropped.add(chunk);
            }
        }
        return dropped;
    }

    @Test
    void what_comes_in_order_is_handed_on_at_once() {
        put(1, 2, 3);

        assertEquals(List.of(1L, 2L, 3L), out);
    }

    @Test
    void neighbours_that_changed_places_change_back() {
        put(1, 3, 2, 5, 4, 7, 6);

        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), out);
    }

    @Test
    void what_is_missing_is_waited_for_until_three_are_there_and_one_more_comes() {
        put(1, 3, 4, 5);
        assertEquals(List.of(1L), out);

        put(6, 7);

        assertEquals(List.of(1L, 3L, 4L, 5L, 6L, 7L), out);
    }

    @Test
    void what_comes_too_late_or_twice_is_dropped() {
        assertTrue(put(1, 3, 4, 5, 6).isEmpty());

        assertEquals(List.of(2L, 3L), put(2, 3));
        assertEquals(List.of(8L), put(8, 8));
        assertEquals(List.of(1L, 3L, 4L, 5L, 6L), out);
    }

    @Test
    void another_numbering_is_followed_and_nothing_that_waits_is_lost() {
        put(1000, 1002, 1, 2);

        assertEquals(List.of(1000L, 1002L, 1L, 2L), out);
    }

    @Test
    void without_numbers_the_order_stays_as_it_is() {
        assertTrue(put(-1, -1).isEmpty());
        assertFalse(out.isEmpty());
        assertEquals(2, out.size());
    }
}
