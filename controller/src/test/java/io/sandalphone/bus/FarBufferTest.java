package io.sandalphone.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.telephony.LegMedia;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongUnaryOperator;

class FarBufferTest {
    private static final long MILLI = 1_000_000;
    private static final long FRAME = 20 * MILLI;

    private static final long WAY = 30 * MILLI;
    private static final AudioFrame SILENCE = new AudioFrame(new short[160], 8000, 0);

    private final FarBuffer buffer = new FarBuffer();
    private final FarEnd far = new FarEnd();
    private long now;
    private int leftOut;

    /// Plays 20 ms every 20 ms, of what has come, or silence.
    private static final class FarEnd implements LegMedia {
        private record Sent(long comesAt, Runnable played) {}

        private final Deque<Sent> coming = new ArrayDeque<>();
        private final Deque<Sent> answers = new ArrayDeque<>();
        boolean answering = true;
        long sentAt;
        int gaps;

        @Override
        public void send(AudioFrame frame) {
            coming.addLast(new Sent(sentAt + WAY, () -> {}));
        }

        @Override
        public void whenToldPlayed(Runnable told) {
            if (answering) {
                coming.addLast(new Sent(coming.removeLast().comesAt, told));
            }
        }

        void play(long nanos) {
            if (coming.isEmpty() || coming.getFirst().comesAt > nanos) {
                gaps++;
            } else {
                answers.addLast(new Sent(nanos + FRAME + WAY, coming.removeFirst().played));
            }
        }

        void answer(long nanos) {
            while (!answers.isEmpty() && answers.getFirst().comesAt <= nanos) {
                answers.removeFirst().played.run();
            }
        }

        @Override
        public void hear(FrameSink ears) {}

        @Override
        public void whenPlayed(Runnable played) {}

        @Override
        public void clear() {}
    }

    /// Ticks for so many seconds, each as late as `late` says of its number, and what comes from the party comes unevenly by
    /// `jitter`. Gives how many frames the far end holds in the end.
    private int tick(int seconds, LongUnaryOperator late, long jitter) {
        long ticks = seconds * 50L;
        long first = now / FRAME;
        long next = first;
        for (long step = first * 20; step < (first + ticks) * 20; step++) {
            now = step * MILLI;
            while (next * FRAME + late.applyAsLong(next) <= now && next < first + ticks) {
                send(next * FRAME, jitter);
                next++;
            }
            if (step % 20 == 9) {
                far.play(now);
            }
            far.answer(now);
        }
        now = (first + ticks) * FRAME;
        return far.coming.size();
    }

    private void send(long due, long jitter) {
        if (buffer.holdsTooMuch(due, jitter)) {
            buffer.leftOut(due);
            leftOut++;
        } else {
            far.sentAt = now;
            far.send(SILENCE);
            buffer.sent(due, far, () -> now);
        }
    }

    private static long inTime(long tick) {
        return 0;
    }

    /// Three ticks from the sixth second come at once.
    private static long stalled(long tick) {
        return tick > 260 && tick < 264 ? (264 - tick) * FRAME : 0;
    }

    @Test
    void what_a_stall_left_behind_at_the_far_end_is_left_out_again() {
        int before = tick(5, FarBufferTest::inTime, 0);
        assertEquals(before + 3, tick(1, FarBufferTest::stalled, 0));
        int gaps = far.gaps;

        assertEquals(before, tick(40, FarBufferTest::inTime, 0));
        assertEquals(3, leftOut);
        assertEquals(gaps, far.gaps);
    }

    @Test
    void nothing_is_left_out_while_stalls_come_again_and_again() {
        tick(120, i -> i % 350 == 100 ? 45 * MILLI : 0, 0);
        assertEquals(0, leftOut);
    }

    @Test
    void what_turns_out_to_be_needed_is_left_to_it() {
        tick(600, i -> i % 750 == 100 ? 25 * MILLI : 0, 0);
        assertTrue(far.gaps <= 6, () -> far.gaps + " gaps");
        assertTrue(leftOut <= 3, () -> leftOut + " left out");
    }

    @Test
    void a_far_end_whose_voice_comes_unevenly_may_hold_as_much() {
        int before = tick(5, FarBufferTest::inTime, 0);
        tick(1, FarBufferTest::stalled, 0);

        assertEquals(before + 2, tick(30, FarBufferTest::inTime, 35 * MILLI));
    }

    @Test
    void a_far_end_that_tells_nothing_holds_what_it_likes() {
        far.answering = false;
        tick(1, i -> i == 20 ? 100 * MILLI : 0, 0);
        tick(60, FarBufferTest::inTime, 0);
        assertEquals(0, leftOut);
    }

    @Test
    void of_another_buffer_nothing_is_known() {
        tick(5, FarBufferTest::inTime, 0);
        tick(1, FarBufferTest::stalled, 0);
        buffer.forget();
        tick(30, FarBufferTest::inTime, 0);
        assertEquals(0, leftOut);
    }

    /// What was sent in the second before this had been played 20 ms later than at first.
    private void playedLater(int second) {
        for (long sent = second - 2L; sent < second; sent++) {
            buffer.played(sent * 1000 * MILLI, sent * 1000 * MILLI + WAY + FRAME);
        }
    }

    @Test
    void what_was_sent_before_something_was_left_out_says_nothing_of_it() {
        buffer.played(0, WAY);
        playedLater(3);
        assertTrue(buffer.holdsTooMuch(20_000 * MILLI, 0));
        buffer.leftOut(20_000 * MILLI);
        playedLater(20);
        playedLater(100);
        assertTrue(buffer.holdsTooMuch(120_000 * MILLI, 0));
    }
}
