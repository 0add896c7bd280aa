package io.sandalphone.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSource;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A stream in virtual time. Ticks fall on multiples of 20 ms.
class RtpStreamTest {
    private static final long MILLI = 1_000_000;
    private static final int FIRST_SEQUENCE = 65_530;

    private final Counts counts = new Counts();
    private final VirtualHost host = new VirtualHost();
    private final RtpStream stream =
            new RtpStream(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000),
                    host,
                    counts.meters,
                    0x1234,
                    FIRST_SEQUENCE,
                    0,
                    () -> {});
    private final ArrayDeque<AudioFrame> toSay = new ArrayDeque<>();
    private int drained;

    @Test
    void a_spurt_opens_with_three_frames_and_goes_on_with_one_every_tick() {
        say(6);
        host.runUntil(5);
        stream.speak(toSay::poll, () -> {});
        host.runUntil(100);
        assertEquals(List.of(5L, 5L, 5L, 20L, 40L, 60L), host.sentAtMillis());
    }

    @Test
    void a_stream_that_is_held_sends_silence_on_every_tick_until_it_speaks_and_after() {
        stream.hold(200_000_000);
        host.runUntil(70);
        say(4);
        stream.speak(toSay::poll, () -> drained++);
        host.runUntil(1000);
        assertEquals(1, drained);
        List<Long> at = host.sentAtMillis();
        assertEquals(0L, at.getFirst());
        // While its last words are played there is no packet.
        for (int i = 1; i < at.size(); i++) {
            assertTrue(at.get(i) - at.get(i - 1) <= 100, at::toString);
        }
        assertEquals(180L, at.getLast());
        assertEquals(
                1, host.sent.stream().filter(Sent::marker).count(), "the spurt's first packet");
        for (int i = 1; i < host.sent.size(); i++) {
            assertEquals(host.sent.get(i - 1).sequence() + 1, host.sent.get(i).sequence());
        }
    }

    @Test
    void the_marker_is_on_the_first_packet_of_each_spurt_only() {
        say(4);
        stream.speak(toSay::poll, () -> {});
        host.runUntil(200);
        say(2);
        stream.speak(toSay::poll, () -> {});
        host.runUntil(400);
        assertEquals(
                List.of(true, false, false, false, true, false),
                host.sent.stream().map(Sent::marker).toList());
    }

    @Test
    void sequence_numbers_go_on_across_pauses_and_timestamps_follow_time() {
        say(3);
        stream.speak(toSay::poll, () -> {});
        host.runUntil(1007);
        say(4);
        stream.speak(toSay::poll, () -> {});
        host.runUntil(2000);
        assertEquals(
                List.of(65_530, 65_531, 65_532, 65_533, 65_534, 65_535, 65_536),
                host.sent.stream().map(Sent::sequence).toList());
        assertEquals(
                List.of(0, 160, 320, 8000, 8160, 8320, 8480),
                host.sent.stream().map(sent -> sent.timestamp() - FIRST_SEQUENCE * 160).toList());
    }

    @Test
    void drained_comes_when_the_last_frame_has_been_played() {
        say(5);
        stream.speak(toSay::poll, () -> drained++);
        host.runUntil(99);
        assertEquals(0, drained);
        host.runUntil(100);
        assertEquals(1, drained);
        host.runUntil(1000);
        assertEquals(1, drained);
        assertFalse(stream.talking());
    }

    @Test
    void a_spurt_with_nothing_to_say_is_drained_soon_but_not_at_once() {
        host.runUntil(7);
        stream.speak(() -> null, () -> drained++);
        assertEquals(0, drained);
        host.runUntil(8);
        assertEquals(1, drained);
        assertTrue(host.sent.isEmpty());
    }

    @Test
    void a_source_that_runs_dry_and_recovers_within_the_cushion_goes_on_in_the_same_spurt() {
        say(3);
        stream.speak(toSay::poll, () -> drained++);
        host.runUntil(45);
        say(4);
        host.runUntil(61);
        assertEquals(List.of(0L, 0L, 0L, 60L, 60L, 60L), host.sentAtMillis());
        host.runUntil(80);
        assertEquals(7, host.sent.size());
        assertEquals(1, host.sent.stream().filter(Sent::marker).count());
        assertEquals(0, drained);
    }

    @Test
    void while_a_spurt_goes_on_another_mouth_is_not_asked() {
        say(5);
        stream.speak(toSay::poll, () -> drained++);
        stream.speak(() -> frame(), () -> drained += 100);
        host.runUntil(1000);
        assertEquals(5, host.sent.size());
        assertEquals(1, drained);
    }

    @Test
    void a_new_spurt_may_begin_from_drained() {
        say(3);
        stream.speak(
                toSay::poll,
                () -> {
                    say(3);
                    stream.speak(toSay::poll, () -> drained++);
                });
        host.runUntil(59);
        assertEquals(3, host.sent.size());
        host.runUntil(61);
        assertEquals(6, host.sent.size());
        host.runUntil(1000);
        assertEquals(1, drained);
    }

    @Test
    void a_stall_is_caught_up_to_400_ms_and_the_rest_is_skipped() {
        stream.speak(() -> frame(), () -> {});
        host.runUntil(100);
        int before = host.sent.size();
        host.stallUntil(1100);
        assertEquals(20, host.sent.size() - before);
        assertEquals(30, counts.of(RtpMeters::skipped));
        int timestamps = host.sent.getLast().timestamp() - host.sent.getFirst().timestamp();
        assertEquals((before + 20 + 30 - 1) * 160, timestamps);
    }

    @Test
    void whatever_stalls_the_sender_is_never_more_than_450_ms_ahead_nor_are_numbers_out_of_order() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        FrameSource mouth = () -> random.nextInt(30) == 0 ? null : frame();
        while (host.nowMillis() < 600_000) {
            stream.speak(mouth, () -> {});
            if (random.nextInt(20) == 0) {
                host.stallUntil(host.nowMillis() + random.nextInt(900));
            } else {
                host.runUntil(host.nowMillis() + random.nextInt(200));
            }
        }
        long played = 0;
        int sequence = FIRST_SEQUENCE;
        int timestamp = 0;
        for (var packet : host.sent) {
            played = Math.max(played, packet.atMillis()) + 20;
            long ahead = played - packet.atMillis();
            assertTrue(ahead <= 450, ahead + " ms ahead, seed " + seed);
            assertEquals(sequence++, packet.sequence(), "seed " + seed);
            assertTrue(packet.timestamp() > timestamp, "seed " + seed);
            timestamp = packet.timestamp();
        }
        long clockSequence = FIRST_SEQUENCE + host.nowMillis() / 20 + RtpSender.CUSHION;
        assertTrue(sequence <= clockSequence, "numbers outrun the clock, seed " + seed);
    }

    @Test
    void a_closed_stream_says_nothing_more_and_drains_nothing() {
        stream.speak(() -> frame(), () -> drained++);
        host.runUntil(50);
        int before = host.sent.size();
        stream.close();
        stream.speak(() -> frame(), () -> drained++);
        host.runUntil(1000);
        assertEquals(before, host.sent.size());
        assertEquals(0, drained);
        assertEquals(1, host.closed);
    }

    @Test
    void a_mouth_may_close_the_stream_that_asks_it() {
        stream.speak(
                () -> {
                    stream.close();
                    return null;
                },
                () -> drained++);
        host.runUntil(1000);
        assertEquals(0, drained);
        assertTrue(host.sent.isEmpty());
    }

    private void say(int frames) {
        for (int i = 0; i < frames; i++) {
            toSay.add(frame());
        }
    }

    private static AudioFrame frame() {
        return new AudioFrame(new short[160], 8000, 0);
    }

    private record Sent(long atMillis, boolean marker, int sequence, int timestamp) {}

    /// Milliseconds that pass when they are told to.
    private static final class VirtualHost implements RtpStream.Host {
        final List<Sent> sent = new ArrayList<>();
        int closed;
        private long nowNanos;
        private @Nullable RtpStream talking;
        private boolean soon;

        long nowMillis() {
            return nowNanos / MILLI;
        }

        List<Long> sentAtMillis() {
            return sent.stream().map(Sent::atMillis).toList();
        }

        /// Lets time pass, ticking.
        void runUntil(long millis) {
            while (nowMillis() < millis) {
                paceIfSoon();
                nowNanos += MILLI;
                if (nowMillis() % 20 == 0) {
                    pace();
                }
            }
        }

        /// Lets time pass without a tick, then ticks late.
        void stallUntil(long millis) {
            nowNanos = millis * MILLI;
            pace();
        }

        private void paceIfSoon() {
            if (soon) {
                pace();
            }
        }

        private void pace() {
            soon = false;
            if (talking != null) {
                var drained = talking.pace(nowNanos);
                if (drained != null) {
                    drained.run();
                    paceIfSoon();
                }
            }
        }

        @Override
        public void send(
                InetSocketAddress remote,
                boolean marker,
                int sequence,
                int timestamp,
                int ssrc,
                short[] pcm) {
            sent.add(new Sent(nowMillis(), marker, sequence, timestamp));
        }

        @Override
        public long lastTickNanos() {
            return nowNanos / (20 * MILLI) * (20 * MILLI);
        }

        @Override
        public void talks(RtpStream stream) {
            talking = stream;
            soon = true;
        }

        @Override
        public void closed(RtpStream stream) {
            closed++;
        }
    }
}
