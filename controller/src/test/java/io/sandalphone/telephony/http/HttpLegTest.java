package io.sandalphone.telephony.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.http.HttpLeg.Brought;
import io.sandalphone.telephony.http.HttpLeg.Decision;
import io.sandalphone.telephony.http.HttpLeg.Fetched;
import io.sandalphone.time.VirtualLoop;
import io.vertx.core.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class HttpLegTest {
    private static final Fetched NOTHING = new Fetched.Nothing();

    private final VirtualLoop loop = new VirtualLoop();
    private final HttpLegMeters meters = HttpLegMeters.register(new SimpleMeterRegistry());
    private final HttpLeg leg =
            new HttpLeg(
                    new LegContext("call", Party.CALLER, loop, "room"),
                    SoundFormat.ULAW,
                    meters,
                    () -> {});
    private final List<LegEvent> events = new ArrayList<>();
    private final List<Long> heardAt = new ArrayList<>();
    private final List<AudioFrame> heard = new ArrayList<>();

    @BeforeEach
    void admit() {
        leg.listen(events::add);
        leg.hear(
                frame -> {
                    heardAt.add(loop.nanoTime() / 1_000_000);
                    heard.add(frame);
                });
        leg.admit();
        loop.settle();
    }

    private void millis(int millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    private Brought bring(int sequence, int millis) {
        var body = new byte[millis * 8];
        Arrays.fill(body, (byte) 0x20);
        return leg.bring(sequence, SoundFormat.ULAW, body);
    }

    private void say(int frames) {
        for (int i = 0; i < frames; i++) {
            leg.send(new AudioFrame(new short[160], 8000, i * 160L));
        }
    }

    private static int bytes(Future<Fetched> fetched) {
        return assertInstanceOf(Fetched.Sound.class, fetched.result()).body().length();
    }

    @Test
    void a_caller_who_is_taken_is_there() {
        assertEquals(new Decision.Taken(), leg.decision().result());
        assertEquals(List.of(new LegEvent.Answered()), events);
    }

    @Test
    void a_second_of_sound_is_handed_on_in_frames_of_20_ms_as_it_was_said() {
        assertEquals(Brought.TAKEN, bring(1, 1000));
        millis(2000);
        assertEquals(50, heard.size());
        for (int i = 0; i < 50; i++) {
            assertEquals(i * 20L, heardAt.get(i));
            assertEquals(i * 160L, heard.get(i).position());
        }
    }

    @Test
    void pieces_of_any_length_make_frames_that_follow_each_other() {
        for (int i = 0; i < 10; i++) {
            bring(i, 30);
            millis(30);
        }
        millis(100);
        assertEquals(15, heard.size());
        assertEquals(14 * 160L, heard.getLast().position());
    }

    @Test
    void lateness_does_not_add_up() {
        for (int i = 0; i < 20; i++) {
            // Each piece comes 20 ms late, and the next on time.
            millis(i % 2 == 0 ? 120 : 80);
            bring(i, 100);
        }
        millis(1000);
        assertEquals(100, heard.size());
        long last = heardAt.getLast();
        assertTrue(last <= 2000 + 100 + 20, "the last frame at " + last);
    }

    @Test
    void a_pause_is_a_gap_in_the_positions() {
        bring(1, 20);
        millis(5000);
        bring(2, 20);
        long gap = heard.get(1).position() - heard.get(0).end();
        assertTrue(Math.abs(gap - 4980 * 8) <= 160, gap + " samples");
    }

    @Test
    void a_number_that_is_not_greater_is_taken_already() {
        assertEquals(Brought.TAKEN, bring(5, 20));
        assertEquals(Brought.REPEATED, bring(5, 20));
        assertEquals(Brought.REPEATED, bring(4, 20));
        assertEquals(Brought.TAKEN, bring(7, 20));
        assertEquals(2, meters.repeated().count());
    }

    @Test
    void who_is_faster_than_time_is_told_so_and_may_bring_it_again() {
        assertEquals(Brought.TAKEN, bring(1, 1000));
        assertEquals(Brought.TAKEN, bring(2, 1000));
        assertEquals(Brought.TOO_MUCH, bring(3, 1000));
        millis(1000);
        assertEquals(Brought.TAKEN, bring(3, 1000));
    }

    @Test
    void what_is_due_is_fetched_as_one_piece() {
        say(3);
        assertEquals(480, bytes(leg.fetch(Duration.ZERO)));
        assertEquals(NOTHING, leg.fetch(Duration.ZERO).result());
    }

    @Test
    void who_waits_gets_what_comes_or_nothing_in_the_end() {
        Future<Fetched> first = leg.fetch(Duration.ofMillis(200));
        millis(100);
        assertFalse(first.isComplete());
        say(1);
        assertEquals(160, bytes(first));
        Future<Fetched> second = leg.fetch(Duration.ofMillis(200));
        millis(200);
        assertEquals(NOTHING, second.result());
    }

    @Test
    void of_two_who_wait_the_first_gets_nothing() {
        Future<Fetched> first = leg.fetch(Duration.ofMillis(200));
        Future<Fetched> second = leg.fetch(Duration.ofMillis(200));
        assertEquals(NOTHING, first.result());
        say(1);
        assertEquals(160, bytes(second));
    }

    @Test
    void at_most_200_ms_wait_to_be_fetched() {
        say(25);
        assertEquals(15, meters.unfetched().count());
        assertEquals(1600, bytes(leg.fetch(Duration.ZERO)));
    }

    @Test
    void what_was_fetched_counts_as_played_when_it_has_lasted() {
        var played = new ArrayList<Long>();
        say(3);
        leg.whenPlayed(() -> played.add(loop.nanoTime() / 1_000_000));
        millis(100);
        assertEquals(List.of(), played);
        leg.fetch(Duration.ZERO);
        millis(100);
        assertEquals(List.of(160L), played);
    }

    @Test
    void what_nobody_fetches_is_waited_for_no_longer_than_a_second() {
        var played = new int[1];
        say(3);
        leg.whenPlayed(() -> played[0]++);
        millis(1000);
        assertEquals(1, played[0]);
        leg.fetch(Duration.ZERO);
        millis(1000);
        assertEquals(1, played[0], "once");
    }

    @Test
    void without_requests_the_sound_is_lost_and_comes_back_with_the_next() {
        millis(20_000);
        assertEquals(new LegEvent.MediaLost("no_requests"), events.getLast());
        leg.fetch(Duration.ZERO);
        assertEquals(new LegEvent.MediaBack(), events.getLast());
    }

    @Test
    void without_requests_for_a_minute_the_leg_is_gone() {
        leg.fetch(Duration.ZERO);
        millis(66_000);
        assertEquals(new LegEvent.Ended(HangupCause.FAILURE), events.getLast());
    }

    @Test
    void who_polls_is_not_lost_though_nothing_is_said() {
        for (int i = 0; i < 600; i++) {
            leg.fetch(Duration.ofMillis(200));
            millis(200);
        }
        assertEquals(List.of(new LegEvent.Answered()), events);
    }

    @Test
    void a_leg_that_has_ended_takes_and_gives_nothing() {
        Future<Fetched> waiting = leg.fetch(Duration.ofMillis(200));
        leg.hangUp(HangupCause.BUSY);
        leg.hangUp(HangupCause.NORMAL);
        leg.end(HangupCause.NORMAL);
        loop.settle();
        assertEquals(new Fetched.Ended(), waiting.result());
        assertEquals(Brought.ENDED, bring(1, 20));
        assertEquals(new Fetched.Ended(), leg.fetch(Duration.ZERO).result());
        assertEquals(
                List.of(new LegEvent.Answered(), new LegEvent.Ended(HangupCause.BUSY)), events);
    }

    @Test
    void wide_sound_comes_in_and_goes_out_as_it_was() {
        var codec = new SoundFormat.Codec();
        var tone = new short[1600];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (short) (8000 * Math.sin(2 * Math.PI * 500 * i / 8000));
        }
        byte[] body = codec.encode(SoundFormat.SLIN16, tone);
        assertEquals(6400, body.length);
        short[] back = codec.decode(SoundFormat.SLIN16, body);
        double energy = 0;
        for (int i = 400; i < back.length; i++) {
            energy += (double) back[i] * back[i];
        }
        assertEquals(8000 / Math.sqrt(2), Math.sqrt(energy / 1200), 100);
    }

    @Test
    void the_high_byte_of_a_sample_comes_first() {
        var body = new byte[640];
        for (int i = 0; i < body.length; i += 2) {
            body[i] = 0x10;
        }
        short[] pcm = new SoundFormat.Codec().decode(SoundFormat.SLIN16, body);
        assertEquals(0x1000, pcm[159], 16);
        byte[] back = new SoundFormat.Codec().encode(SoundFormat.SLIN16, pcm);
        assertEquals(0x10, back[638], 1);
    }
}
