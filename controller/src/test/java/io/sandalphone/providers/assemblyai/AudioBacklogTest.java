package io.sandalphone.providers.assemblyai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class AudioBacklogTest {
    private static final int FRAME = 160;

    private final AssemblyAiMeters meters = AssemblyAiMeters.register(new SimpleMeterRegistry());
    private final AudioBacklog backlog = new AudioBacklog(3, meters);
    private final SessionClock clock = new SessionClock();

    @Test
    void frames_are_gathered_as_mu_law() {
        hear(0, 2);
        assertNull(backlog.poll(clock));
        hear(2, 1);

        byte[] chunk = backlog.poll(clock);
        assertNotNull(chunk);
        assertEquals(480, chunk.length);
        byte[] silence = new byte[480];
        Arrays.fill(silence, (byte) 0xff);
        assertArrayEquals(silence, chunk);
    }

    @Test
    void what_never_arrived_is_silence_but_not_without_end() {
        backlog.speechFrom(0);
        hear(0, 1);
        hear(5, 1);
        assertEquals(2, chunks());
        assertEquals(6 * FRAME, clock.end());

        hear(1000, 1);
        assertEquals(33, chunks());
    }

    @Test
    void the_tail_is_filled_up_to_what_the_service_takes() {
        assertNull(backlog.tail());
        hear(0, 1);

        byte[] tail = backlog.tail();
        assertNotNull(tail);
        assertEquals(400, tail.length);
        assertEquals((byte) 0xff, tail[399]);
    }

    @Test
    void when_full_the_oldest_sound_goes_and_is_counted() {
        backlog.speechFrom(0);
        hear(0, AudioBacklog.MOST_FRAMES + 7);

        assertEquals(7, meters.audioDropped().count());
        assertNotNull(backlog.poll(clock));
        assertEquals(7 * FRAME, clock.startAt(0));
    }

    @Test
    void silence_between_utterances_is_left_out_to_catch_up_but_for_a_little() {
        backlog.speechFrom(0);
        hear(0, 20);
        backlog.speechUntil(20 * FRAME);
        hear(20, 100);
        backlog.speechFrom(110 * FRAME);
        hear(120, 30);

        chunks();
        // Of the 90 silent frames 10 stay, and the 32 newest when it was judged were speech.
        assertEquals(80, meters.silenceSkipped().count());
        assertEquals(0, meters.audioDropped().count());
        assertEquals(30 * FRAME, clock.endAt(600));
        assertEquals(110 * FRAME, clock.startAt(600));
    }

    @Test
    void the_newest_frames_are_kept_for_they_may_begin_an_utterance() {
        hear(0, 3);
        assertEquals(1, chunks());
        hear(3, 60);
        chunks();

        assertEquals(60 - 32 - 10 + 3, meters.silenceSkipped().count());
    }

    @Test
    void a_session_begins_with_what_may_be_sent_at_once() {
        hear(0, 60);
        assertNotNull(backlog.poll(clock));

        assertEquals(60 - 25, meters.silenceSkipped().count());
        assertEquals(35 * FRAME, clock.startAt(0));
    }

    @Test
    void a_session_begins_with_speech_however_long_ago_it_began() {
        hear(0, 10);
        backlog.speechFrom(4 * FRAME);
        hear(10, 50);
        assertNotNull(backlog.poll(clock));

        assertEquals(4 * FRAME, clock.startAt(0));
    }

    @Test
    void what_was_late_is_in_time_again_once_an_utterance_has_ended() {
        backlog.speechFrom(0);
        hear(0, 3);
        assertNotNull(backlog.poll(clock));
        // From here on 12 frames wait, whose last ones are silence.
        hear(3, 40);
        for (int sent = 0; sent < 9; sent++) {
            assertNotNull(backlog.poll(clock));
        }
        hear(43, 12);
        backlog.speechUntil(32 * FRAME);
        chunks();

        // The frames from the 32nd on are silence, of which ten stay.
        assertEquals(43 + 12 - 32 - 10, meters.silenceSkipped().count());
    }

    @Test
    void a_little_that_waits_is_sent_whole() {
        backlog.speechFrom(0);
        hear(0, 3);
        assertEquals(1, chunks());
        backlog.speechUntil(3 * FRAME);
        for (int frame = 3; frame < 30; frame++) {
            hear(frame, 1);
            chunks();
        }
        hear(30, 6);
        backlog.speechUntil(3 * FRAME);
        assertEquals(2, chunks());
        assertEquals(0, meters.silenceSkipped().count());

        hear(36, 7);
        backlog.speechUntil(3 * FRAME);
        assertEquals(0, chunks());
        assertEquals(7, meters.silenceSkipped().count());
    }

    @Test
    void what_was_sent_is_gone() {
        hear(0, 9);
        assertFalse(backlog.sentUntil(FRAME));
        chunks();

        assertTrue(backlog.sentUntil(9 * FRAME));
        assertNull(backlog.poll(clock));
        assertNull(backlog.tail());
    }

    private int chunks() {
        int chunks = 0;
        while (backlog.poll(clock) != null) {
            chunks++;
        }
        return chunks;
    }

    private void hear(int first, int frames) {
        for (int i = first; i < first + frames; i++) {
            backlog.hear(new AudioFrame(new short[FRAME], 8000, (long) i * FRAME));
        }
    }
}
