package io.sandalphone.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class MouthTest {
    private static final int FRAME = Mouth.FRAME_BYTES;

    private final List<Runnable> played = new ArrayList<>();
    private final Mouth mouth = new Mouth(10L * FRAME, played::add);
    private final List<Boolean> told = new ArrayList<>();

    private void say(int bytes) {
        assertTrue(mouth.reserve(bytes));
        mouth.append(new byte[bytes]);
    }

    private void mark() {
        assertTrue(mouth.reserve(FRAME));
        mouth.mark(told::add);
    }

    private int frames() {
        int frames = 0;
        while (mouth.poll() != null) {
            frames++;
        }
        return frames;
    }

    @Test
    void what_comes_in_pieces_leaves_in_frames_of_the_telephones_rate() {
        say(FRAME - 2);
        assertNull(mouth.poll());
        say(FRAME + 4);

        AudioFrame first = mouth.poll();
        AudioFrame second = mouth.poll();
        assertNotNull(first);
        assertNotNull(second);
        assertEquals(8000, first.rate());
        assertEquals(160, second.position());
        assertNull(mouth.poll());
        assertFalse(mouth.isEmpty());
    }

    @Test
    void what_does_not_fill_a_frame_is_filled_up_when_it_waits_no_longer() {
        say(2);
        mouth.flush();

        assertEquals(1, frames());
        assertTrue(mouth.isEmpty());
    }

    @Test
    void there_is_room_again_for_what_was_said_or_cleared() {
        say(10 * FRAME);
        assertFalse(mouth.reserve(2));
        assertNotNull(mouth.poll());
        assertTrue(mouth.reserve(FRAME));
        assertFalse(mouth.reserve(2));
        mouth.append(new byte[FRAME]);
        mouth.clear();

        assertTrue(mouth.reserve(10 * FRAME));
        assertNull(mouth.poll());
    }

    @Test
    void a_mark_is_told_with_the_last_frame_before_it() {
        say(2 * FRAME);
        mark();
        assertNotNull(mouth.poll());
        assertEquals(List.of(), played);
        assertNotNull(mouth.poll());
        assertEquals(1, played.size());
        assertEquals(List.of(), told);
        played.forEach(Runnable::run);

        assertEquals(List.of(true), told);
        assertNull(mouth.poll());
    }

    @Test
    void a_mark_behind_what_was_said_already_gets_a_frame_of_its_own() {
        say(FRAME);
        assertEquals(1, frames());
        mark();

        assertEquals(1, frames());
        assertEquals(1, played.size());
    }

    @Test
    void marks_that_are_cleared_are_told_once_and_as_not_played() {
        say(FRAME);
        mark();
        assertNotNull(mouth.poll());
        mark();
        mouth.clear();
        played.forEach(Runnable::run);

        assertEquals(List.of(false, false), told);
    }

    @Test
    void there_are_no_more_marks_than_frames() {
        for (int i = 0; i < 10; i++) {
            mark();
        }
        assertFalse(mouth.reserve(FRAME));
        frames();
        assertFalse(mouth.reserve(FRAME), "none has come back");
        played.forEach(Runnable::run);

        assertTrue(mouth.reserve(FRAME));
    }
}
