package io.sandalphone.harness.carrier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class PlayBufferTest {
    private final PlayBuffer buffer = new PlayBuffer();

    @Test
    void pieces_of_any_length_are_played_in_order_and_by_the_length_asked() {
        buffer.play(new byte[] {1, 2, 3});
        buffer.play(new byte[] {});
        buffer.play(new byte[] {4, 5, 6, 7});

        assertArrayEquals(new byte[] {1, 2}, buffer.drain(2).sound());
        assertArrayEquals(new byte[] {3, 4, 5, 6}, buffer.drain(4).sound());
        assertEquals(1, buffer.buffered());
        assertArrayEquals(new byte[] {7}, buffer.drain(4).sound());
        assertArrayEquals(new byte[] {}, buffer.drain(4).sound());
    }

    @Test
    void a_mark_is_reached_with_the_last_byte_before_it() {
        buffer.play(new byte[4]);
        buffer.mark("first");
        buffer.play(new byte[4]);
        buffer.mark("second");
        buffer.mark("third");

        assertEquals(List.of(), buffer.drain(3).marks());
        assertEquals(List.of("first"), buffer.drain(3).marks());
        assertEquals(List.of(), buffer.drain(1).marks());
        assertEquals(List.of("second", "third"), buffer.drain(1).marks());
    }

    @Test
    void a_mark_in_an_empty_buffer_is_reached_at_once() {
        buffer.play(new byte[2]);
        buffer.drain(2);
        buffer.mark("alone");

        assertEquals(List.of("alone"), buffer.reached());
        assertEquals(List.of(), buffer.reached());
    }

    @Test
    void emptying_it_gives_every_mark_and_no_more_sound() {
        buffer.play(new byte[4]);
        buffer.mark("first");
        buffer.play(new byte[4]);
        buffer.mark("second");
        buffer.drain(1);

        assertEquals(List.of("first", "second"), buffer.clear());
        assertEquals(0, buffer.buffered());
        buffer.play(new byte[] {9});
        buffer.mark("after");
        assertEquals(List.of("after"), buffer.drain(1).marks());
    }
}
