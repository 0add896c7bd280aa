package io.sandalphone.telephony.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class StreamMediaTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final StreamMeters meters = StreamMeters.register(new SimpleMeterRegistry());
    private final StreamMedia media = new StreamMedia(loop, meters);
    private final Line line = new Line();
    private final List<String> played = new ArrayList<>();

    private static final class Line implements StreamLine {
        final List<String> sent = new ArrayList<>();
        boolean congested;

        @Override
        public boolean media(short[] pcm) {
            if (!congested) {
                sent.add("media");
            }
            return !congested;
        }

        @Override
        public void mark(String name) {
            sent.add(name);
        }

        @Override
        public void clear() {
            sent.add("clear");
        }

        long frames() {
            return sent.stream().filter("media"::equals).count();
        }
    }

    private void send(int frames) {
        for (int i = 0; i < frames; i++) {
            media.send(new AudioFrame(new short[160], 8000, 0));
        }
    }

    private void marks(String what) {
        media.whenPlayed(() -> played.add(what));
    }

    @Test
    void the_carrier_never_holds_more_than_200_ms() {
        media.open(line);
        send(15);
        assertEquals(10, line.frames());
        assertEquals(5, meters.unsentAhead().count());

        loop.advance(Duration.ofMillis(59));
        send(15);

        assertEquals(12, line.frames());
    }

    @Test
    void a_pause_earns_no_room() {
        media.open(line);
        send(1);
        loop.advance(Duration.ofMinutes(1));
        send(15);

        assertEquals(11, line.frames());
    }

    @Test
    void without_a_stream_nothing_is_sent_and_it_is_counted() {
        send(2);
        media.open(line);
        send(1);
        media.close();
        send(3);

        assertEquals(1, line.frames());
        assertEquals(5, meters.unsentNoStream().count());
    }

    @Test
    void a_connection_that_takes_no_more_loses_frames() {
        media.open(line);
        line.congested = true;
        send(2);

        assertEquals(2, meters.unsentCongested().count());
    }

    private void asksToBeTold(String what) {
        media.whenToldPlayed(() -> played.add(what));
    }

    @Test
    void who_wants_to_be_told_is_told_by_the_echo_of_their_mark_or_of_a_later_one() {
        media.open(line);
        asksToBeTold("first");
        media.echoed("m1");
        loop.settle();
        assertEquals(List.of("first"), played);

        asksToBeTold("second");
        marks("third");
        media.echoed("m3");
        loop.settle();
        assertEquals(List.of("first", "second", "third"), played);
        assertEquals(0, media.marksOutstanding());
    }

    @Test
    void who_wants_to_be_told_is_told_nothing_where_the_carrier_does_not_say_it() {
        media.open(line);
        asksToBeTold("silent carrier");
        marks("reckoned");
        loop.advance(Duration.ofSeconds(1));
        assertEquals(List.of("reckoned"), played);

        asksToBeTold("cleared");
        marks("given up");
        media.clear();
        media.echoed("m3");
        asksToBeTold("stream gone");
        media.close();
        asksToBeTold("no stream");
        loop.advance(Duration.ofSeconds(1));

        assertEquals(List.of("reckoned", "given up"), played);
        assertEquals(0, media.marksOutstanding());
    }

    @Test
    void an_echo_tells_what_was_played_with_all_that_was_before_it() {
        media.open(line);
        marks("first");
        send(2);
        marks("second");
        marks("third");

        media.echoed("m2");
        assertEquals(List.of(), played);
        loop.settle();

        assertEquals(List.of("first", "second"), played);
        assertEquals(1, media.marksOutstanding());
    }

    @Test
    void an_echo_that_does_not_come_is_waited_for_half_a_second_longer_than_the_sound() {
        media.open(line);
        send(10);
        marks("phrase");

        loop.advance(Duration.ofMillis(699));
        assertEquals(List.of(), played);
        loop.advance(Duration.ofMillis(1));

        assertEquals(List.of("phrase"), played);
        assertEquals(1, meters.marksLost().count());
        assertEquals(0, media.marksOutstanding());
    }

    @Test
    void none_is_outstanding_after_a_clear_and_its_echo_means_nothing() {
        media.open(line);
        send(10);
        marks("phrase");
        media.clear();
        loop.settle();
        assertEquals(List.of("phrase"), played);
        assertEquals("clear", line.sent.getLast());
        assertEquals(0, media.marksOutstanding());

        marks("next");
        media.echoed("m1");
        loop.settle();

        assertEquals(List.of("phrase"), played);
        assertEquals(1, meters.marksUnknown().count());
        assertEquals(1, media.marksOutstanding());
    }

    @Test
    void a_clear_makes_room_at_once() {
        media.open(line);
        send(10);
        media.clear();
        send(10);

        assertEquals(20, line.frames());
    }

    @Test
    void nobody_waits_for_marks_of_a_stream_that_is_over() {
        media.open(line);
        send(5);
        marks("phrase");
        media.close();
        loop.settle();
        marks("later");
        loop.settle();

        assertEquals(List.of("phrase", "later"), played);
        loop.advance(Duration.ofSeconds(5));
        assertEquals(0, meters.marksLost().count());
    }

    @Test
    void pieces_that_changed_places_are_heard_in_order() {
        List<Long> heard = new ArrayList<>();
        media.hear(frame -> heard.add(frame.position()));
        media.open(line);
        media.received(new short[160], 1, 20);
        media.received(new short[160], 3, 60);
        media.received(new short[160], 2, 40);

        assertEquals(List.of(0L, 160L, 320L), heard);
        assertEquals(0, meters.late().count());
    }

    @Test
    void the_next_stream_is_heard_behind_the_last_one() {
        List<Long> heard = new ArrayList<>();
        media.hear(frame -> heard.add(frame.position()));
        media.open(line);
        media.received(new short[160], -1, 20);
        media.open(new Line());
        media.received(new short[160], -1, 20);
        media.received(new short[160], -1, 20);

        assertEquals(List.of(0L, 160L), heard);
        assertEquals(1, meters.late().count());
        assertTrue(media.isOpen());
    }
}
