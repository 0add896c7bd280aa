package io.sandalphone.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Packet n carries the sample value n, so that frames tell which packet they came from.
class ReorderBufferTest {
    private static final int SOURCE = 0xabcd;
    private static final long MILLI = 1_000_000;

    private final Counts counts = new Counts();
    private final List<AudioFrame> heard = new ArrayList<>();
    private final ReorderBuffer buffer = new ReorderBuffer(counts.meters, heard::add);
    private int firstSequence = 1000;
    private int firstTimestamp = 5000;
    private long nowNanos;

    @Test
    void packets_in_order_pass_at_once_with_positions_from_zero() {
        for (int n = 0; n < 5; n++) {
            offer(n);
            assertEquals(n + 1, heard.size());
        }
        assertEquals(List.of(0L, 160L, 320L, 480L, 640L), positions());
    }

    @ParameterizedTest
    @ValueSource(ints = {0xfff0, 0xfffd, 0xfffe, 0xffff, 0, 1})
    void numbers_may_wrap_in_order_and_out_of_order(int sequence) {
        firstSequence = sequence;
        firstTimestamp = -3 * 160;
        offer(0, 2, 1, 3, 5, 4, 6);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), numbers());
        assertEquals(List.of(0L, 160L, 320L, 480L, 640L, 800L, 960L), positions());
        assertEquals(2, counts.of(RtpMeters::reordered));
        assertEquals(0, counts.of(RtpMeters::lost));
        assertEquals(0, counts.of(RtpMeters::sourceRestarts));
    }

    @Test
    void a_missing_packet_is_waited_for_while_two_pass_it_then_shows_as_a_gap() {
        offer(0, 2, 3);
        assertEquals(List.of(0), numbers());
        offer(4);
        assertEquals(List.of(0, 2, 3, 4), numbers());
        assertEquals(List.of(0L, 320L, 480L, 640L), positions());
        assertEquals(1, counts.of(RtpMeters::lost));
    }

    @Test
    void a_late_packet_is_dropped_and_a_second_one_is_a_duplicate() {
        offer(0, 2, 3, 4, 1, 3, 3, 4);
        assertEquals(List.of(0, 2, 3, 4), numbers());
        assertEquals(1, counts.of(RtpMeters::late));
        assertEquals(3, counts.of(RtpMeters::duplicate));
    }

    @Test
    void a_duplicate_of_a_packet_that_still_waits_is_dropped() {
        offer(0, 2, 2, 1, 3);
        assertEquals(List.of(0, 1, 2, 3), numbers());
        assertEquals(1, counts.of(RtpMeters::duplicate));
    }

    @Test
    void a_longer_loss_costs_no_waiting() {
        offer(0, 1, 12);
        assertEquals(List.of(0, 1, 12), numbers());
        assertEquals(10, counts.of(RtpMeters::lost));
        assertEquals(12 * 160, heard.getLast().position());
    }

    @Test
    void silence_that_was_not_sent_is_a_gap() {
        offer(0, 1);
        nowNanos += 10_000 * MILLI;
        buffer.offer(SOURCE, firstSequence + 2, firstTimestamp + 502 * 160, pcm(2), nowNanos);
        assertEquals(502 * 160, heard.getLast().position());
        assertEquals(0, counts.of(RtpMeters::lost));
    }

    @Test
    void another_source_is_followed_at_once_and_positions_go_on_by_the_time_that_passed() {
        offer(0, 1);
        nowNanos += 980 * MILLI;
        buffer.offer(SOURCE + 1, 7, 99, pcm(2), nowNanos);
        buffer.offer(SOURCE + 1, 8, 99 + 160, pcm(3), nowNanos + 20 * MILLI);
        assertEquals(List.of(0, 1, 2, 3), numbers());
        assertEquals(List.of(0L, 160L, 160L + 8000, 160L + 8160), positions());
        assertEquals(1, counts.of(RtpMeters::sourceRestarts));
    }

    @Test
    void what_waits_is_heard_before_another_source_is() {
        offer(0, 2);
        buffer.offer(SOURCE + 1, 7, 99, pcm(3), nowNanos);
        assertEquals(List.of(0, 2, 3), numbers());
        assertEquals(1, counts.of(RtpMeters::lost));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 20_000, -66, -20_000})
    void numbers_far_off_are_followed_at_once(int jump) {
        offer(0, 1);
        buffer.offer(SOURCE, firstSequence + 2 + jump, 77, pcm(2), nowNanos);
        buffer.offer(SOURCE, firstSequence + 3 + jump, 77 + 160, pcm(3), nowNanos + 20 * MILLI);
        assertEquals(List.of(0, 1, 2, 3), numbers());
        assertEquals(List.of(0L, 160L, 320L, 480L), positions());
        assertEquals(1, counts.of(RtpMeters::sourceRestarts));
        assertEquals(0, counts.of(RtpMeters::lost));
    }

    @Test
    void numbers_a_little_back_are_followed_after_a_hundred_milliseconds() {
        for (int n = 0; n < 40; n++) {
            offer(n);
        }
        heard.clear();
        for (int n = 10; n < 20; n++) {
            offer(n);
        }
        assertEquals(List.of(14, 15, 16, 17, 18, 19), numbers());
        assertEquals(1, counts.of(RtpMeters::sourceRestarts));
    }

    @Test
    void a_stream_sent_twice_over_is_heard_once_and_never_taken_for_another() {
        for (int n = 0; n < 300; n++) {
            offer(n);
            offer(Math.max(0, n - 10));
        }
        assertEquals(300, heard.size());
        assertEquals(0, counts.of(RtpMeters::sourceRestarts));
        assertEquals(300, counts.of(RtpMeters::duplicate));
    }

    @Test
    void timestamps_that_run_away_from_time_are_not_believed() {
        offer(0, 1);
        buffer.offer(SOURCE, firstSequence + 2, firstTimestamp + (1 << 30), pcm(2), nowNanos);
        buffer.offer(SOURCE, firstSequence + 3, firstTimestamp, pcm(3), nowNanos + 20 * MILLI);
        buffer.offer(SOURCE, firstSequence + 4, firstTimestamp, pcm(4), nowNanos + 40 * MILLI);
        assertEquals(List.of(0L, 160L, 320L, 480L, 640L), positions());
    }

    @Test
    void whatever_comes_positions_only_grow_and_nothing_is_thrown() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        int sequence = 0;
        int timestamp = 0;
        int offered = 200_000;
        for (int i = 0; i < offered; i++) {
            int wild = random.nextInt(100);
            sequence = wild == 0 ? random.nextInt() : sequence + random.nextInt(-3, 6);
            timestamp = wild == 1 ? random.nextInt() : timestamp + 160 * random.nextInt(-3, 6);
            nowNanos += random.nextInt(40_000_000);
            buffer.offer(wild == 2 ? 1 : SOURCE, sequence & 0xffff, timestamp, pcm(0), nowNanos);
        }
        long end = 0;
        for (var frame : heard) {
            assertTrue(frame.position() >= end, "seed " + seed);
            end = frame.end();
        }
        assertTrue(end < nowNanos / 125_000 + 8000L * offered, "seed " + seed);
        long dropped = counts.of(RtpMeters::late) + counts.of(RtpMeters::duplicate);
        assertTrue(offered - dropped - heard.size() <= 2, "none vanishes uncounted, seed " + seed);
    }

    private void offer(int... packets) {
        for (int n : packets) {
            buffer.offer(
                    SOURCE,
                    (firstSequence + n) & 0xffff,
                    firstTimestamp + 160 * n,
                    pcm(n),
                    nowNanos);
            nowNanos += 20 * MILLI;
        }
    }

    private static short[] pcm(int number) {
        var pcm = new short[160];
        pcm[0] = (short) number;
        return pcm;
    }

    private List<Integer> numbers() {
        return heard.stream().map(frame -> (int) frame.pcm()[0]).toList();
    }

    private List<Long> positions() {
        return heard.stream().map(AudioFrame::position).toList();
    }
}
