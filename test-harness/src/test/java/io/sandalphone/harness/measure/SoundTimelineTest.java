package io.sandalphone.harness.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SoundTimelineTest {
    private static final long START = -5_000_000_000L;

    private final short[] pcm = new short[80];

    @Test
    void times_of_the_sound_and_of_the_clock_are_exchanged() {
        var timeline = new SoundTimeline(START, pcm);
        assertEquals(START + 7_000_000, timeline.nanosAt(7));
        assertEquals(7, timeline.millisAt(START + 7_000_000));
        assertEquals(-1, timeline.millisAt(START - 1));
    }

    @Test
    void a_part_begins_where_it_was_heard() {
        pcm[16] = 1;
        var part = new SoundTimeline(START, pcm).between(START + 2_000_000, START + 2_500_000);
        assertEquals(START + 2_000_000, part.startNanos());
        assertArrayEquals(new short[] {1, 0, 0, 0}, part.pcm());
    }

    @Test
    void a_part_ends_where_the_sound_ends() {
        var timeline = new SoundTimeline(START, pcm);
        assertEquals(80, timeline.between(START - 1_000_000, START + 90_000_000).pcm().length);
        assertEquals(0, timeline.between(START + 20_000_000, START + 90_000_000).pcm().length);
    }
}
