package io.sandalphone.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSource;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

class MixedBridgeTest {
    // What each of them says; a window of 100 ms holds whole periods of all.
    private static final int CALLER_TONE = 600;
    private static final int DESTINATION_TONE = 1000;
    private static final int SPOKEN_TONE = 1700;
    private static final Dial DIAL =
            new Dial(
                    new E164("+525512345678"),
                    CallerId.UNKNOWN,
                    Duration.ofSeconds(30),
                    Duration.ofHours(1),
                    Optional.empty());

    private final VirtualLoop loop = new VirtualLoop();
    private final BusMeters meters = BusMeters.register(new SimpleMeterRegistry());
    private final MixedBridges bridges = new MixedBridges(meters);
    private final List<ConnectionEvent> events = new ArrayList<>();
    private final List<LegContext> dialled = new ArrayList<>();
    private final FakeLeg caller = new FakeLeg(loop);
    private FakeLeg destination = new FakeLeg(loop);
    private final LegContext context = new LegContext("call", Party.CALLER, loop, "room");
    private MixedBridge bridge = bridges.arrived(context, caller, this::dial);

    private Leg dial(LegContext context, Dial dial) {
        dialled.add(context);
        return context.party() == Party.CALLER ? caller : destination;
    }

    private void millis(int millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    /// The destination of a caller who is there is being rung.
    private void ringing() {
        bridge.listen(events::add);
        caller.happens(new LegEvent.Answered());
        bridge.dial(Party.DESTINATION, DIAL);
        millis(100);
    }

    /// The two talk, each in their tone, with our audio beside them. It is 200 ms now.
    private void talking() {
        ringing();
        caller.says(CALLER_TONE);
        destination.says(DESTINATION_TONE);
        destination.happens(new LegEvent.Ringing(), new LegEvent.Answered());
        bridge.attachAudio();
        millis(100);
    }

    /// A voice that says so many frames.
    private static FrameSource spoken(int frames) {
        var left = new int[] {frames};
        return () -> {
            if (left[0]-- <= 0) {
                return null;
            }
            long position = (frames - left[0] - 1) * 160L;
            var pcm = new short[160];
            for (int i = 0; i < 160; i++) {
                pcm[i] =
                        (short)
                                (8000
                                        * Math.sin(
                                                2 * Math.PI * SPOKEN_TONE * (position + i) / 8000));
            }
            return new AudioFrame(pcm, 8000, position);
        };
    }

    private static void assertLevel(double expected, double level) {
        assertEquals(expected, level, 0.03);
    }

    @Test
    void the_caller_hears_the_ringing_of_their_country_until_the_destination_answers() {
        ringing();
        millis(900);
        assertTrue(caller.level(440, 200, 1000) > 0.2, "440 Hz");
        assertTrue(caller.level(480, 200, 1000) > 0.2, "480 Hz");
        destination.happens(new LegEvent.Answered());
        millis(1000);
        assertLevel(0, caller.level(440, 1100, 2000));
    }

    @Test
    void a_caller_in_mexico_hears_the_ringing_of_mexico() {
        bridge.listen(events::add);
        caller.happens(new LegEvent.Answered());
        bridge.dial(
                Party.DESTINATION,
                new Dial(
                        new E164("+12125550101"),
                        CallerId.of("+525587654321"),
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        Optional.empty()));
        millis(400);
        assertTrue(caller.level(425, 100, 400) > 0.2);
    }

    @Test
    void a_caller_alone_hears_themselves_where_they_are_to() {
        bridge.listen(events::add);
        bridge.echo();
        assertEquals(List.of("answer"), caller.asked);
        caller.happens(new LegEvent.Answered());
        caller.says(CALLER_TONE);
        millis(500);
        assertLevel(1, caller.level(CALLER_TONE, 200, 500));
        bridge.release(HangupCause.NORMAL);
        millis(20);
        assertEquals(new ConnectionEvent.Released(), events.getLast());
    }

    @Test
    void a_caller_alone_is_heard_and_spoken_to_and_what_is_said_can_be_taken_back() {
        List<AudioFrame> heard = new ArrayList<>();
        bridge.listen(events::add);
        bridge.answer();
        bridge.attachAudio();
        assertEquals(List.of("answer"), caller.asked);
        caller.happens(new LegEvent.Answered());
        caller.says(CALLER_TONE);
        millis(100);
        assertEquals(new ConnectionEvent.AudioAttached(), events.getLast());
        LegAudio audio = bridge.audio(Party.CALLER);
        audio.hear(heard::add);
        audio.speak(spoken(100), () -> events.add(new ConnectionEvent.AudioLost("drained")));
        millis(500);
        assertEquals(25, heard.size(), 1);
        assertLevel(1, caller.level(SPOKEN_TONE, 200, 500));
        assertLevel(0, caller.level(CALLER_TONE, 200, 500));
        audio.stop();
        assertEquals("clear", caller.asked.getLast());
        millis(1500);
        assertLevel(0, caller.level(SPOKEN_TONE, 640, 1500));
        assertEquals(new ConnectionEvent.AudioAttached(), events.getLast(), "it was not drained");
        audio.speak(spoken(20), () -> {});
        millis(300);
        assertLevel(1, caller.level(SPOKEN_TONE, 2200, 2300));
    }

    @Test
    void somebody_joins_a_caller_who_was_alone() {
        bridge.listen(events::add);
        bridge.answer();
        bridge.attachAudio();
        caller.happens(new LegEvent.Answered());
        millis(100);
        List<AudioFrame> agents = new ArrayList<>();
        bridge.audio(Party.CALLER).hear(agents::add);
        bridge.dial(Party.DESTINATION, DIAL);
        caller.says(CALLER_TONE);
        destination.happens(new LegEvent.Answered());
        destination.says(DESTINATION_TONE);
        millis(500);
        assertLevel(0, caller.level(DESTINATION_TONE, 200, 600));
        assertLevel(0, destination.level(CALLER_TONE, 200, 600));
        assertTrue(caller.level(440, 200, 600) > 0.2, "they hear ringing all the while");
        bridge.join(sentence(400));
        millis(400);
        assertLevel(1, destination.level(SPOKEN_TONE, 650, 950));
        assertLevel(0, destination.level(CALLER_TONE, 650, 950));
        assertLevel(0, caller.level(SPOKEN_TONE, 600, 1000));
        assertTrue(caller.level(440, 650, 950) > 0.2, "and still");
        assertEquals(new ConnectionEvent.Joined(), events.getLast());
        int heardByAgent = agents.size();
        millis(500);
        assertLevel(1, caller.level(DESTINATION_TONE, 1200, 1500));
        assertLevel(1, destination.level(CALLER_TONE, 1200, 1500));
        assertLevel(0, caller.level(440, 1200, 1500));
        assertEquals(heardByAgent, agents.size(), "who was with the caller hears no more");
        bridge.attachAudio();
        millis(20);
        bridge.audio(Party.DESTINATION).hear(_ -> {});
        bridge.release(HangupCause.NORMAL);
        assertEquals("hang up NORMAL", destination.asked.getLast());
    }

    /// A sentence of so long.
    private static short[] sentence(int millis) {
        var pcm = new short[millis * 8];
        FrameSource source = spoken(millis / 20);
        for (int at = 0; at < pcm.length; at += 160) {
            System.arraycopy(Objects.requireNonNull(source.poll()).pcm(), 0, pcm, at, 160);
        }
        return pcm;
    }

    @Test
    void somebody_who_is_not_reached_leaves_the_caller_alone_and_another_one_can_be_rung() {
        bridge.listen(events::add);
        bridge.answer();
        bridge.attachAudio();
        caller.happens(new LegEvent.Answered());
        millis(100);
        LegAudio audio = bridge.audio(Party.CALLER);
        bridge.dial(Party.DESTINATION, DIAL);
        millis(400);
        destination.happens(new LegEvent.Ended(HangupCause.NO_ANSWER));
        assertEquals(
                new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.NO_ANSWER),
                events.getLast());
        millis(300);
        assertLevel(0, caller.level(440, 600, 800));
        audio.speak(spoken(20), () -> {});
        millis(300);
        assertLevel(1, caller.level(SPOKEN_TONE, 900, 1000));
        destination = new FakeLeg(loop);
        bridge.dial(Party.DESTINATION, DIAL);
        destination.happens(new LegEvent.Ringing(), new LegEvent.Answered());
        assertEquals(new ConnectionEvent.Answered(Party.DESTINATION), events.getLast());
        assertEquals(
                List.of(1, 2), dialled.stream().map(LegContext::attempt).toList(), "told apart");
        bridge.join(new short[0]);
        destination.says(DESTINATION_TONE);
        millis(500);
        assertLevel(1, caller.level(DESTINATION_TONE, 1300, 1600));
    }

    @Test
    void somebody_who_is_gone_while_they_hear_why_is_joined_with_nobody() {
        bridge.listen(events::add);
        bridge.answer();
        caller.happens(new LegEvent.Answered());
        bridge.dial(Party.DESTINATION, DIAL);
        destination.happens(new LegEvent.Answered());
        bridge.join(sentence(1000));
        millis(200);
        destination.happens(new LegEvent.Ended(HangupCause.NORMAL));
        millis(2000);
        assertEquals(
                new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.NORMAL), events.getLast());
        bridge.release(HangupCause.NORMAL);
        millis(20);
        assertEquals(new ConnectionEvent.Released(), events.getLast());
    }

    @Test
    void two_who_are_both_there_talk_without_being_rung() {
        bridge = bridges.met(context, caller, destination);
        bridge.listen(events::add);
        bridge.attachAudio();
        caller.happens(new LegEvent.Answered());
        destination.happens(new LegEvent.Answered());
        caller.says(CALLER_TONE);
        millis(500);
        assertEquals(new ConnectionEvent.AudioAttached(), events.getLast());
        assertLevel(1, destination.level(CALLER_TONE, 200, 500));
        assertLevel(0, caller.level(440, 0, 500));
    }

    @Test
    void the_two_hear_each_other_from_the_answer_on_without_any_audio_of_ours() {
        ringing();
        caller.says(CALLER_TONE);
        destination.says(DESTINATION_TONE);
        destination.happens(new LegEvent.Answered());
        millis(500);
        assertLevel(1, caller.level(DESTINATION_TONE, 300, 600));
        assertLevel(0, caller.level(CALLER_TONE, 300, 600));
        assertLevel(1, destination.level(CALLER_TONE, 300, 600));
        assertLevel(0, destination.level(DESTINATION_TONE, 300, 600));
    }

    @Test
    void what_a_caller_says_while_it_rings_is_not_heard_later() {
        ringing();
        caller.says(CALLER_TONE);
        millis(200);
        caller.says(0);
        destination.happens(new LegEvent.Answered());
        millis(500);
        assertLevel(0, destination.level(CALLER_TONE, 300, 800));
    }

    @Test
    void everybody_gets_20_ms_on_each_tick_of_silence_too() {
        ringing();
        destination.happens(new LegEvent.Answered());
        millis(1000);
        assertEquals(55, caller.framesSent());
        assertEquals(50, destination.framesSent());
    }

    @Test
    void what_is_spoken_to_one_party_sounds_over_the_sunken_voice_and_the_other_never_hears_it() {
        talking();
        LegAudio listener = bridge.audio(Party.DESTINATION);
        LegAudio speaker = bridge.audio(Party.CALLER);
        FrameSource words = spoken(50);
        var drained = new long[1];
        var frames = new int[1];
        listener.speak(
                () -> {
                    AudioFrame frame = words.poll();
                    if (frame != null && frames[0]++ == 0) {
                        speaker.duck(12);
                    }
                    if (frame != null && frames[0] == 50) {
                        speaker.restore();
                    }
                    return frame;
                },
                () -> drained[0] = loop.nanoTime() / 1_000_000);
        millis(2000);
        // The first tick after 200 ms is at 220 ms or before.
        assertLevel(1, destination.level(SPOKEN_TONE, 300, 1200));
        assertLevel(0.25, destination.level(CALLER_TONE, 300, 1200));
        assertLevel(0, destination.level(SPOKEN_TONE, 1300, 2000));
        assertLevel(1, destination.level(CALLER_TONE, 1300, 2000));
        assertLevel(0, caller.level(SPOKEN_TONE, 200, 2100));
        assertLevel(1, caller.level(DESTINATION_TONE, 300, 2100));
        // 1 s from the first tick on, the last frame played 40 ms after it was sent, known on the
        // next.
        assertTrue(drained[0] >= 1220 && drained[0] <= 1280, "drained at " + drained[0]);
    }

    @ParameterizedTest
    @CsvSource({"6, 0.501", "20, 0.1", "40, 0.01"})
    void the_voice_sinks_as_deep_as_is_wanted(double decibels, double left) {
        talking();
        bridge.audio(Party.DESTINATION).speak(spoken(20), () -> {});
        bridge.audio(Party.CALLER).duck(decibels);
        millis(500);
        assertEquals(left, destination.level(CALLER_TONE, 300, 500), left / 20);
    }

    @Test
    void the_voice_is_low_for_as_long_as_the_last_word_sounds_and_rises_behind_it() {
        talking();
        LegAudio speaker = bridge.audio(Party.CALLER);
        FrameSource words = spoken(30);
        speaker.duck(12);
        bridge.audio(Party.DESTINATION)
                .speak(
                        () -> {
                            AudioFrame frame = words.poll();
                            if (frame != null && frame.position() == 29 * 160) {
                                speaker.restore();
                            }
                            return frame;
                        },
                        () -> {});
        millis(1000);
        int end = 200;
        while (destination.level(SPOKEN_TONE, end, end + 20) > 0.5 || end < 300) {
            end += 20;
        }
        assertLevel(0.25, destination.level(CALLER_TONE, end - 50, end));
        assertLevel(1, destination.level(CALLER_TONE, end + 60, end + 160));
    }

    @Test
    void the_ears_hear_their_party_at_full_level_whatever_the_ducking() {
        talking();
        List<AudioFrame> heard = new ArrayList<>();
        bridge.audio(Party.CALLER).hear(heard::add);
        bridge.audio(Party.CALLER).duck(12);
        millis(200);
        assertEquals(10, heard.size());
        for (int i = 1; i < heard.size(); i++) {
            assertEquals(heard.get(i - 1).end(), heard.get(i).position());
        }
        short loudest = 0;
        for (short sample : heard.getLast().pcm()) {
            loudest = (short) Math.max(loudest, sample);
        }
        assertTrue(loudest > 7500, "loudest sample " + loudest);
    }

    @Test
    void the_mouth_is_asked_for_three_frames_and_then_for_one_on_each_tick() {
        talking();
        var asked = new ArrayList<Long>();
        FrameSource words = spoken(100);
        bridge.audio(Party.CALLER)
                .speak(
                        () -> {
                            asked.add(loop.nanoTime() / 1_000_000);
                            return words.poll();
                        },
                        () -> {});
        assertEquals(List.of(), asked, "never inside the call");
        millis(100);
        assertEquals(List.of(220L, 220L, 220L, 240L, 260L, 280L, 300L), asked);
    }

    @Test
    void a_mouth_that_has_more_before_all_is_played_goes_on_in_the_same_spurt() {
        talking();
        var drained = new int[1];
        var polls = new int[1];
        FrameSource words = spoken(10);
        bridge.audio(Party.CALLER)
                .speak(
                        () -> {
                            polls[0]++;
                            // Nothing for two ticks in the middle.
                            return polls[0] == 6 || polls[0] == 7 ? null : words.poll();
                        },
                        () -> drained[0]++);
        millis(2000);
        assertEquals(1, drained[0]);
        assertLevel(1, caller.level(SPOKEN_TONE, 240, 400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mouth", "ears", "drained"})
    void a_fault_of_who_interprets_costs_the_interpretation_and_not_the_voices(String where) {
        talking();
        LegAudio audio = bridge.audio(Party.CALLER);
        bridge.audio(Party.DESTINATION).duck(12);
        Runnable fault =
                () -> {
                    throw new IllegalStateException("as planned");
                };
        switch (where) {
            case "ears" -> audio.hear(_ -> fault.run());
            case "mouth" ->
                    audio.speak(
                            () -> {
                                fault.run();
                                return null;
                            },
                            () -> {});
            default -> audio.speak(() -> null, fault);
        }
        millis(500);
        assertEquals(new ConnectionEvent.AudioLost("fault"), events.getLast());
        assertEquals(1, meters.faults().count());
        assertThrows(IllegalStateException.class, () -> bridge.audio(Party.CALLER));
        assertLevel(1, caller.level(DESTINATION_TONE, 400, 700));
        assertLevel(1, destination.level(CALLER_TONE, 400, 700));
        bridge.attachAudio();
        millis(20);
        assertEquals(new ConnectionEvent.AudioAttached(), events.getLast());
    }

    @Test
    void a_party_whose_sound_is_lost_is_silent_for_the_other_and_comes_back() {
        talking();
        destination.happens(new LegEvent.MediaLost("socket"));
        destination.says(0);
        assertEquals(new ConnectionEvent.AudioLost("socket"), events.getLast());
        int sent = destination.framesSent();
        millis(300);
        assertEquals(sent, destination.framesSent());
        assertLevel(0, caller.level(DESTINATION_TONE, 300, 500));
        destination.happens(new LegEvent.MediaBack());
        destination.says(DESTINATION_TONE);
        millis(500);
        assertEquals(new ConnectionEvent.AudioAttached(), events.getLast());
        assertLevel(1, caller.level(DESTINATION_TONE, 700, 1000));
    }

    @Test
    void a_carrier_that_throws_costs_its_own_party_the_sound_and_not_the_other() {
        talking();
        caller.failing.add("send");
        millis(300);
        assertLevel(1, destination.level(CALLER_TONE, 300, 500));
        assertTrue(meters.faults().count() >= 10);
    }

    @Test
    void keys_that_are_passed_on_are_heard_by_the_other_one_alone_one_after_the_other() {
        talking();
        bridge.passKeys(Party.CALLER, "5#");
        bridge.passKeys(Party.DESTINATION, "x");
        millis(500);
        // 5 is 770 and 1336 Hz, # is 941 and 1477, each for 100 ms with 60 between them.
        for (int hertz : new int[] {770, 1336}) {
            assertTrue(destination.level(hertz, 220, 280) > 0.6, "5 at " + hertz);
            assertTrue(destination.level(hertz, 380, 440) < 0.2, "5 is over at " + hertz);
        }
        for (int hertz : new int[] {941, 1477}) {
            assertTrue(destination.level(hertz, 220, 280) < 0.2, "# too early at " + hertz);
            assertTrue(destination.level(hertz, 380, 440) > 0.6, "# at " + hertz);
            assertTrue(caller.level(hertz, 200, 600) < 0.05, "# at the caller's, " + hertz);
        }
        assertLevel(1, destination.level(CALLER_TONE, 600, 700));
    }

    @Test
    void a_key_is_told_of_and_heard_by_nobody_before_it_is_passed_on() {
        talking();
        caller.happens(new LegEvent.KeyPressed('5'));
        millis(500);
        assertEquals(new ConnectionEvent.KeyPressed(Party.CALLER, '5'), events.getLast());
        assertTrue(destination.level(770, 200, 500) < 0.05);
        assertFalse(events.getLast().toString().contains("5"), "what they pressed");
    }

    @Test
    void what_happens_to_the_legs_is_told_in_order() {
        ringing();
        destination.happens(
                new LegEvent.Ringing(),
                new LegEvent.Ringing(),
                new LegEvent.Answered(),
                new LegEvent.KeyPressed('5'));
        bridge.attachAudio();
        millis(20);
        destination.happens(new LegEvent.Ended(HangupCause.NORMAL));
        assertEquals(
                List.of(
                        new ConnectionEvent.Answered(Party.CALLER),
                        new ConnectionEvent.Ringing(Party.DESTINATION),
                        new ConnectionEvent.Answered(Party.DESTINATION),
                        new ConnectionEvent.KeyPressed(Party.DESTINATION, '5'),
                        new ConnectionEvent.AudioAttached(),
                        new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.NORMAL)),
                events);
    }

    @Test
    void a_caller_who_still_hears_their_own_network_is_answered_when_the_destination_is_there() {
        bridge.listen(events::add);
        bridge.dial(Party.DESTINATION, DIAL);
        millis(100);
        assertEquals(List.of(), caller.asked);
        destination.happens(new LegEvent.Answered());
        bridge.attachAudio();
        millis(100);
        assertEquals(List.of("answer"), caller.asked);
        assertFalse(events.contains(new ConnectionEvent.AudioAttached()), events::toString);
        caller.happens(new LegEvent.Answered());
        millis(20);
        assertEquals(new ConnectionEvent.AudioAttached(), events.getLast());
    }

    @Test
    void a_dialler_that_throws_fails_the_call() {
        bridge =
                bridges.empty(
                        "call",
                        loop,
                        (_, _) -> {
                            throw new IllegalStateException("as planned");
                        });
        bridge.listen(events::add);
        bridge.dial(Party.CALLER, DIAL);
        assertEquals(List.of(), events, "never inside the call");
        loop.settle();
        assertEquals(List.of(new ConnectionEvent.Failed("dial")), events);
        bridge.release(HangupCause.CONGESTION);
        loop.settle();
        assertEquals(new ConnectionEvent.Released(), events.getLast());
    }

    @Test
    void an_operators_call_has_one_room_that_nobody_can_guess() {
        bridge = bridges.empty("call", loop, this::dial);
        bridge.listen(events::add);
        bridge.dial(Party.CALLER, DIAL);
        caller.happens(new LegEvent.Answered());
        bridge.dial(Party.DESTINATION, DIAL);
        assertEquals(
                List.of(Party.CALLER, Party.DESTINATION),
                dialled.stream().map(LegContext::party).toList());
        assertEquals(1, dialled.stream().map(LegContext::room).distinct().count());
        assertTrue(dialled.getFirst().room().matches("[0-9a-f]{32}"));
    }

    @Test
    void a_release_hangs_up_both_and_is_over_when_both_are_gone() {
        talking();
        caller.obedient = false;
        bridge.release(HangupCause.BUSY);
        bridge.release(HangupCause.NORMAL);
        millis(1000);
        assertEquals(List.of("hang up BUSY"), caller.asked);
        assertEquals(List.of("hang up BUSY"), destination.asked);
        assertFalse(events.contains(new ConnectionEvent.Released()));
        caller.happens(new LegEvent.Ended(HangupCause.NORMAL));
        caller.happens(new LegEvent.Ended(HangupCause.NORMAL));
        assertEquals(new ConnectionEvent.Released(), events.getLast());
        assertEquals(1, events.stream().filter(ConnectionEvent.Released.class::isInstance).count());
        assertFalse(events.stream().anyMatch(ConnectionEvent.Gone.class::isInstance));
    }

    @Test
    void a_caller_hears_for_a_moment_that_the_destination_is_busy() {
        ringing();
        destination.happens(new LegEvent.Ended(HangupCause.BUSY));
        bridge.release(HangupCause.BUSY);
        millis(2900);
        assertEquals(List.of(), caller.asked.stream().filter(a -> a.startsWith("hang")).toList());
        assertTrue(caller.level(480, 200, 2900) > 0.1, "480 Hz");
        assertTrue(caller.level(620, 200, 2900) > 0.1, "620 Hz");
        millis(200);
        assertEquals("hang up BUSY", caller.asked.getLast());
        assertEquals(new ConnectionEvent.Released(), events.getLast());
    }

    @Test
    void a_caller_who_hangs_up_at_the_busy_tone_is_gone_at_once() {
        ringing();
        bridge.release(HangupCause.CONGESTION);
        bridge.release(HangupCause.CONGESTION);
        millis(500);
        assertEquals(List.of("hang up CONGESTION"), destination.asked);
        caller.happens(new LegEvent.Ended(HangupCause.NORMAL));
        millis(20);
        assertEquals(new ConnectionEvent.Released(), events.getLast());
        assertEquals(List.of(), caller.asked.stream().filter(a -> a.startsWith("hang")).toList());
    }

    @Test
    void who_is_to_hear_why_is_answered_for_it_and_released_behind_its_last_word() {
        bridge.listen(events::add);
        var second = new short[8000];
        for (int i = 0; i < second.length; i++) {
            second[i] = (short) (8000 * Math.sin(2 * Math.PI * 1000 * i / 8000));
        }
        bridge.release(HangupCause.REJECTED, second);
        bridge.release(HangupCause.NORMAL);
        assertEquals(List.of("answer"), caller.asked);
        caller.happens(new LegEvent.Answered());
        millis(1500);
        assertTrue(caller.level(1000, 200, 900) > 0.1, "the sentence");
        assertEquals(List.of("answer"), caller.asked);
        millis(200);
        assertEquals("hang up REJECTED", caller.asked.getLast());
        assertEquals(new ConnectionEvent.Released(), events.getLast());
    }

    @Test
    void who_is_to_hear_why_and_is_never_answered_is_released_all_the_same() {
        bridge.listen(events::add);
        bridge.release(HangupCause.REJECTED, new short[8000]);
        millis(5100);
        assertEquals("hang up REJECTED", caller.asked.getLast());
    }

    @Test
    void who_hangs_up_before_hearing_why_is_gone_at_once() {
        bridge.listen(events::add);
        bridge.release(HangupCause.REJECTED, new short[80_000]);
        caller.happens(new LegEvent.Answered());
        millis(500);
        caller.happens(new LegEvent.Ended(HangupCause.NORMAL));
        millis(20);
        assertEquals(new ConnectionEvent.Released(), events.getLast());
    }

    @Test
    void who_learns_by_other_means_why_nobody_answers_hears_no_tone() {
        caller.learnsCause = true;
        ringing();
        bridge.release(HangupCause.BUSY);
        assertEquals("hang up BUSY", caller.asked.getLast());
    }

    @Test
    void a_call_that_ends_as_calls_do_ends_without_a_tone() {
        ringing();
        bridge.release(HangupCause.NORMAL);
        assertEquals("hang up NORMAL", caller.asked.getLast());
    }

    @Test
    void a_release_after_one_hung_up_ends_the_other() {
        talking();
        caller.happens(new LegEvent.Ended(HangupCause.NORMAL));
        bridge.release(HangupCause.NORMAL);
        millis(20);
        assertEquals(List.of(), caller.asked);
        assertEquals(List.of("hang up NORMAL"), destination.asked);
        assertEquals(new ConnectionEvent.Released(), events.getLast());
    }

    @Test
    void nothing_is_sent_any_more_once_the_call_is_released() {
        talking();
        bridge.release(HangupCause.NORMAL);
        int sent = caller.framesSent();
        millis(200);
        assertEquals(sent, caller.framesSent());
    }

    @Test
    void a_leg_that_cannot_be_hung_up_does_not_keep_the_other() {
        talking();
        caller.failing.add("hang up NORMAL");
        bridge.release(HangupCause.NORMAL);
        assertEquals(List.of("hang up NORMAL"), destination.asked);
    }

    @Test
    void the_two_are_left_to_their_carriers() {
        talking();
        bridge.leave();
        bridge.release(HangupCause.NORMAL);
        millis(20);
        assertEquals(List.of("leave"), caller.asked);
        assertEquals(List.of("leave"), destination.asked);
        assertEquals(new ConnectionEvent.Released(), events.getLast());
    }

    @Test
    void a_caller_is_given_back_to_the_carrier() {
        bridge.listen(events::add);
        bridge.returnToDialplan();
        millis(20);
        assertEquals(List.of("return"), caller.asked);
        assertEquals(List.of(new ConnectionEvent.Released()), events);
    }

    @Test
    void an_abandoned_call_is_over_at_once_whatever_its_legs_say() {
        talking();
        caller.obedient = false;
        destination.obedient = false;
        bridge.release(HangupCause.NORMAL);
        bridge.abandon();
        loop.settle();
        assertTrue(caller.asked.contains("abandon"));
        assertTrue(destination.asked.contains("abandon"));
        assertEquals(new ConnectionEvent.Released(), events.getLast());
    }

    @Test
    void who_sends_nothing_for_ten_minutes_is_silent_but_never_while_the_other_one_talks() {
        talking();
        destination.says(0);
        loop.advance(Duration.ofMinutes(30));
        assertFalse(events.stream().anyMatch(ConnectionEvent.Silent.class::isInstance));
        caller.says(0);
        loop.advance(Duration.ofMinutes(9));
        assertFalse(events.stream().anyMatch(ConnectionEvent.Silent.class::isInstance));
        loop.advance(Duration.ofMinutes(3));
        assertEquals(1, events.stream().filter(ConnectionEvent.Silent.class::isInstance).count());
    }

    @Test
    void who_may_be_talking_elsewhere_is_not_silent_until_one_of_them_is_back_for_ten_minutes() {
        talking();
        caller.happens(new LegEvent.MediaLost("socket"));
        destination.happens(new LegEvent.MediaLost("socket"));
        caller.says(0);
        destination.says(0);
        loop.advance(Duration.ofMinutes(30));
        assertFalse(events.stream().anyMatch(ConnectionEvent.Silent.class::isInstance));
        caller.happens(new LegEvent.MediaBack());
        loop.advance(Duration.ofMinutes(9));
        assertFalse(events.stream().anyMatch(ConnectionEvent.Silent.class::isInstance));
        loop.advance(Duration.ofMinutes(3));
        assertEquals(1, events.stream().filter(ConnectionEvent.Silent.class::isInstance).count());
    }

    @Test
    void two_who_talked_before_hear_each_other_once_their_sound_is_there() {
        var talking = bridges.rejoined(context, caller, destination);
        talking.listen(events::add);
        talking.attachAudio();
        caller.says(CALLER_TONE);
        destination.says(DESTINATION_TONE);
        caller.happens(new LegEvent.MediaBack());
        millis(200);
        assertEquals(List.of(), events);
        assertEquals(0, destination.framesSent());
        destination.happens(new LegEvent.MediaBack());
        millis(400);

        assertEquals(List.of(new ConnectionEvent.AudioAttached()), events);
        assertEquals(1, caller.level(DESTINATION_TONE, 400, 600), 0.1);
        assertEquals(1, destination.level(CALLER_TONE, 400, 600), 0.1);
    }

    @Test
    void two_who_are_not_given_back_are_told_of_as_such() {
        var talking = bridges.rejoined(context, caller, destination);
        talking.listen(events::add);
        talking.attachAudio();
        caller.happens(new LegEvent.LeftThere("unreachable"));
        millis(100);

        assertEquals(List.of(new ConnectionEvent.LeftThere("unreachable")), events);
    }

    @Test
    void a_call_says_where_its_legs_can_be_found_again() {
        var place = new LegPlace("twilio", Map.of("call", "CA1"));
        assertEquals(Map.of(), bridge.places());
        caller.place = Optional.of(place);

        assertEquals(Map.of(Party.CALLER, place), bridge.places());
    }
}
