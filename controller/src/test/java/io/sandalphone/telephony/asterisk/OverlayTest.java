package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Calls on an Asterisk that loses, refuses and delays what it is asked.
class OverlayTest {
    private final OverlayScene scene = new OverlayScene();
    private final FakeAsterisk asterisk = scene.asterisk;

    @Test
    void two_people_are_joined_and_either_end_takes_the_other_along() {
        scene.talking();
        assertEquals(
                List.of(
                        new ConnectionEvent.Ringing(Party.DESTINATION),
                        new ConnectionEvent.Answered(Party.DESTINATION),
                        new ConnectionEvent.Answered(Party.CALLER),
                        new ConnectionEvent.AudioAttached()),
                scene.events);
        assertTrue(scene.joined());
        assertEquals(
                "sp-hangup,s,1(PJSIP/voipms-sp-7f3-destination)",
                scene.leg(Party.CALLER).variables.get("CHANNEL(hangup_handler_wipe)"));
        assertEquals(
                "sp-hangup,s,1(PJSIP/voipms-171.1)",
                scene.leg(Party.DESTINATION).variables.get("CHANNEL(hangup_handler_wipe)"));
        for (Party party : Party.values()) {
            assertEquals("3660", scene.leg(party).variables.get("TIMEOUT(absolute)"));
            assertEquals("7f3", scene.leg(party).variables.get("SP_CALL"));
        }
        assertEquals("caller", scene.leg(Party.CALLER).variables.get("SP_ROLE"));
        asterisk.end(OverlayScene.CALLER, 16);
        scene.millis(100);
        assertEquals(Map.of(), asterisk.bridges);
        assertEquals(Set.of(), asterisk.channels.keySet());
        assertEquals(Overlay.Rest.NOTHING, scene.rest);
        assertEquals(1, scene.count(ConnectionEvent.Released.class));
    }

    @ParameterizedTest
    @CsvSource({
        "lose, create .*",
        "lose, bridge .*-main",
        "drop, bridge .*-main",
        "refuse, bridge .*-main",
        "lose, add .*-main 171.1",
        "drop, add .*-main 171.1",
        "refuse, add .*-main 171.1",
        "lose, add .*-main .*destination",
        "drop, add .*-main .*destination",
        "refuse, add .*-main .*destination",
        "lose, set .* CHANNEL.*",
        "drop, set .* CHANNEL.*",
        "refuse, set .* CHANNEL.*",
        "drop, set .* TIMEOUT.*",
        "refuse, set .* TIMEOUT.*",
        "drop, set 171.1 SP_.*",
        "refuse, set 171.1 SP_.*",
        "lose, dial .*",
    })
    void a_request_that_fails_does_not_keep_the_two_apart(String how, String request) {
        var trouble = trouble(scene, how, request);
        scene.arrive();
        scene.millis(6000);
        asterisk.answer(OverlayScene.DESTINATION);
        scene.millis(6000);
        assertTrue(trouble.fired() > 0);
        assertTrue(scene.joined());
        assertTrue(scene.attached());
        assertEquals(0, scene.count(ConnectionEvent.Failed.class));
        for (Party party : Party.values()) {
            var variables = scene.leg(party).variables;
            assertTrue(variables.containsKey("CHANNEL(hangup_handler_wipe)"), variables::toString);
            assertTrue(variables.containsKey("TIMEOUT(absolute)"), variables::toString);
            assertEquals("7f3", variables.get("SP_CALL"));
            assertEquals(Ids.role(party), variables.get("SP_ROLE"));
        }
        assertEquals(1, asterisk.asked("dial .*"), "a channel dialled twice is ended by Asterisk");
        assertEquals(1, asterisk.asked("create .*"));
    }

    private static FakeAsterisk.Trouble trouble(OverlayScene scene, String how, String request) {
        return switch (how) {
            case "lose" -> scene.asterisk.lose(request, 1);
            case "drop" -> scene.asterisk.drop(request, 1);
            case "refuse" -> scene.asterisk.refuse(request, 1, 500);
            default -> throw new IllegalArgumentException(how);
        };
    }

    @ParameterizedTest
    @CsvSource({"drop, dial .*", "refuse, dial .*"})
    void a_destination_that_is_not_dialled_fails_the_call(String how, String request) {
        var trouble = trouble(scene, how, request);
        scene.arrive();
        scene.seconds(20);
        assertEquals(1, trouble.fired());
        assertEquals(1, scene.count(ConnectionEvent.Failed.class), scene.events::toString);
        assertEquals(Set.of(), asterisk.channels.keySet());
        assertEquals(Map.of(), asterisk.bridges);
    }

    @ParameterizedTest
    @CsvSource({"drop, create .*", "refuse, create .*"})
    void a_destination_whose_channel_cannot_be_made_is_not_reached(String how, String request) {
        trouble(scene, how, request);
        scene.arrive();
        scene.seconds(20);
        assertEquals(
                new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.CONGESTION),
                scene.events.getFirst());
        assertEquals(Set.of(), asterisk.channels.keySet());
        assertEquals(Map.of(), asterisk.bridges);
    }

    @Test
    void an_asterisk_that_joins_nobody_does_not_keep_the_caller_waiting_for_ever() {
        asterisk.refuse("add .*-main .*", 1000, 500);
        scene.arrive();
        scene.seconds(25);
        assertEquals(new ConnectionEvent.Failed("dial-overdue"), scene.events.getFirst());
        assertEquals(1, scene.count(ConnectionEvent.Released.class));
    }

    @Test
    void a_late_answer_to_dialling_does_not_part_those_who_talk() {
        // The destination has answered long before Asterisk tells that it dials.
        asterisk.lose("dial .*", 1);
        scene.talking();
        scene.seconds(30);
        assertEquals(0, scene.count(ConnectionEvent.Failed.class));
        assertTrue(scene.joined());
    }

    @ParameterizedTest
    @CsvSource({
        "lose, bridge .*-private-.*",
        "refuse, bridge .*-private-.*",
        "drop, snoop .*",
        "refuse, snoop .*",
        "lose, media .*",
        "drop, media .*",
        "refuse, media .*",
        "lose, add .*-private-.*",
        "refuse, add .*-private-.*",
        "lose, add .*-main .*anchor.*",
        "refuse, add .*-main .*anchor.*",
    })
    void audio_that_could_not_be_attached_is_attached_later_and_leaves_nothing(
            String how, String request) {
        var trouble = trouble(scene, how, request);
        scene.talking();
        assertTrue(scene.joined());
        scene.seconds(20);
        assertEquals(1, trouble.fired());
        assertTrue(scene.attached());
        assertTrue(scene.joined());
        assertEquals(1, scene.count(ConnectionEvent.AudioLost.class));
        assertEquals(2, scene.port.open(), "streams");
        assertEquals(
                2, scene.channels("sp-7f3-snoop").size(), asterisk.channels.keySet()::toString);
        assertEquals(2, scene.channels("sp-7f3-media").size());
        assertEquals(1, scene.channels("sp-7f3-anchor").size());
        assertEquals(3, asterisk.bridges.size(), asterisk.bridges::toString);
    }

    @Test
    void a_snoop_whose_answer_is_lost_is_used_all_the_same() {
        var lost = asterisk.lose("snoop .*", 1);
        scene.talking();
        assertEquals(1, lost.fired());
        assertTrue(scene.attached());
    }

    @Test
    void what_an_earlier_attempt_was_still_waiting_for_does_not_end_the_later_one() {
        // The first attempt asks for its last step after 4.5 s, and that answer never comes: it is
        // given up after 5 s, another one attaches after 7 s, and the first one's time-out comes
        // then.
        var slow = asterisk.answerLate("snoop .*", 1, Duration.ofMillis(4500));
        var lost = asterisk.lose("add .*-private-.*", 1);
        scene.arrive();
        scene.millis(100);
        asterisk.answer(OverlayScene.DESTINATION);
        scene.millis(7500);
        assertTrue(scene.attached());
        assertEquals(1, slow.fired());
        assertEquals(1, lost.fired());
        scene.seconds(30);
        assertTrue(scene.attached());
        assertEquals(1, scene.count(ConnectionEvent.AudioLost.class), scene.events::toString);
        assertEquals(1, scene.count(ConnectionEvent.AudioAttached.class));
        assertEquals(2, scene.port.open());
    }

    @Test
    void an_answer_that_comes_after_its_attempt_was_given_up_opens_no_stream() {
        asterisk.answerLate("media .*-media-.*", 1, Duration.ofMillis(4900));
        asterisk.refuse("snoop .*", 1, 500);
        scene.talking();
        scene.seconds(3);
        assertTrue(scene.attached());
        scene.seconds(30);
        assertTrue(scene.attached());
        assertEquals(2, scene.port.open());
        assertEquals(2, scene.port.streams.size(), "streams that were ever opened");
    }

    @Test
    void a_channel_that_asterisk_makes_long_after_it_was_given_up_is_removed() {
        var stuck = asterisk.carryOutLate("media .*-media-.*", 1, Duration.ofSeconds(20));
        scene.talking();
        scene.seconds(19);
        assertTrue(scene.attached());
        scene.seconds(10);
        assertEquals(1, stuck.fired());
        assertEquals(
                2, scene.channels("sp-7f3-media").size(), asterisk.channels.keySet()::toString);
    }

    @Test
    void a_voice_that_was_low_when_the_audio_was_lost_rises_whatever_is_lost() {
        scene.talking();
        scene.overlay.audio(Party.CALLER).duck(12);
        scene.millis(100);
        assertEquals("-4", scene.volume(Party.CALLER));
        asterisk.refuse("set .*VOLUME.*", 5, 500);
        asterisk.end(scene.channels("sp-7f3-media").getFirst(), 16);
        scene.seconds(10);
        assertEquals(1, scene.count(ConnectionEvent.AudioLost.class));
        assertEquals("0", scene.volume(Party.CALLER));
    }

    @Test
    void keys_of_the_two_people_are_told_and_those_of_other_channels_are_not() {
        scene.talking();
        asterisk.press(OverlayScene.CALLER, '*');
        asterisk.press("sp-7f3-destination", '1');
        asterisk.press(scene.channels("sp-7f3-snoop").getFirst(), '2');
        assertEquals(
                List.of(
                        new ConnectionEvent.KeyPressed(Party.CALLER, '*'),
                        new ConnectionEvent.KeyPressed(Party.DESTINATION, '1')),
                scene.events.stream()
                        .filter(ConnectionEvent.KeyPressed.class::isInstance)
                        .toList());
    }

    @Test
    void what_speaks_through_lost_audio_ducks_nobody() {
        scene.talking();
        var before = scene.overlay.audio(Party.CALLER);
        asterisk.end(scene.channels("sp-7f3-media").getFirst(), 16);
        scene.seconds(4);
        assertTrue(scene.attached());
        before.duck(12);
        scene.seconds(1);
        assertEquals("0", scene.volume(Party.CALLER));
        scene.overlay.audio(Party.CALLER).duck(12);
        scene.seconds(1);
        before.restore();
        scene.seconds(1);
        assertEquals("-4", scene.volume(Party.CALLER), "the later attempt's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lose", "drop", "refuse"})
    void a_call_ends_for_both_although_requests_to_end_it_fail(String how) {
        scene.talking();
        var channels = trouble(scene, how, "hangup .*");
        var bridges = trouble(scene, how, "destroy .*");
        scene.overlay.release(HangupCause.NORMAL);
        scene.seconds(15);
        assertEquals(1, channels.fired());
        assertEquals(1, bridges.fired());
        assertEquals(Set.of(), asterisk.channels.keySet());
        assertEquals(Map.of(), asterisk.bridges);
        assertEquals(Overlay.Rest.NOTHING, scene.rest);
        assertEquals(1, scene.count(ConnectionEvent.Released.class));
    }

    @Test
    void what_asterisk_does_not_end_in_time_is_left_to_the_sweep_to_end() {
        scene.talking();
        asterisk.refuse("hangup .*", 10_000, 500);
        scene.overlay.release(HangupCause.NORMAL);
        scene.seconds(14);
        assertEquals(Overlay.Rest.EVERYTHING, scene.rest);
        assertEquals(1, scene.count(ConnectionEvent.Released.class));
        assertEquals(1, scene.counter("sandalphone.overlay.release.incomplete"));
    }

    @Test
    void who_is_left_alone_talks_on_at_full_level_and_their_handlers_hold() {
        asterisk.refuse("set .* CHANNEL.*", 4, 500);
        scene.talking();
        scene.overlay.audio(Party.CALLER).duck(12);
        scene.millis(100);
        asterisk.refuse("set .*VOLUME.*", 2, 500);
        scene.overlay.leave();
        scene.millis(200);
        assertEquals(0, scene.count(ConnectionEvent.Released.class), "not at full level yet");
        scene.seconds(3);
        assertEquals(1, scene.count(ConnectionEvent.Released.class));
        assertEquals(Overlay.Rest.NOTHING, scene.rest);
        assertEquals("0", scene.volume(Party.CALLER));
        assertTrue(scene.joined());
        assertEquals(
                Set.of(OverlayScene.CALLER, OverlayScene.DESTINATION), asterisk.channels.keySet());
        assertEquals(Set.of(OverlayScene.MAIN), asterisk.bridges.keySet());
        assertTrue(scene.leg(Party.CALLER).variables.containsKey("CHANNEL(hangup_handler_wipe)"));
        assertEquals(0, scene.port.open());
    }

    @Test
    void leaving_does_not_wait_for_ever() {
        scene.talking();
        asterisk.refuse("hangup .*", 10_000, 500);
        scene.overlay.leave();
        scene.seconds(11);
        assertEquals(1, scene.count(ConnectionEvent.Released.class));
        assertEquals(Overlay.Rest.OUR_PART, scene.rest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lose", "drop", "refuse"})
    void a_caller_given_back_to_the_dialplan_is_not_hung_up_for_a_request_that_failed(String how) {
        scene.overlay.adoptCaller(
                asterisk.model(asterisk.arrive(OverlayScene.CALLER, "+12125550101")));
        var trouble = trouble(scene, how, "continue .*");
        scene.overlay.returnToDialplan();
        scene.seconds(14);
        assertEquals(1, trouble.fired());
        assertEquals("untranslated", scene.leg(Party.CALLER).continuedAt);
        assertEquals(0, asterisk.asked("hangup .*"));
        assertEquals(1, scene.count(ConnectionEvent.Released.class));
        assertEquals(Overlay.Rest.NOTHING, scene.rest);
    }

    @Test
    void a_caller_whom_asterisk_does_not_let_go_on_is_refused() {
        scene.overlay.adoptCaller(
                asterisk.model(asterisk.arrive(OverlayScene.CALLER, "+12125550101")));
        asterisk.refuse("continue .*", 1000, 500);
        scene.overlay.returnToDialplan();
        scene.seconds(14);
        assertEquals(1, asterisk.asked("hangup 171.1 CONGESTION"));
        assertEquals(Set.of(), asterisk.channels.keySet());
        assertEquals(1, scene.count(ConnectionEvent.Released.class));
    }

    @Test
    void an_answer_that_was_missed_with_the_events_is_found_afterwards() {
        scene.arrive();
        scene.millis(100);
        asterisk.tell(_ -> {});
        scene.overlay.eventsMissed();
        asterisk.answer(OverlayScene.DESTINATION);
        asterisk.tell(scene.overlay::on);
        scene.overlay.reconcile(inventory());
        scene.millis(100);
        assertTrue(scene.attached());
    }

    @Test
    void who_hung_up_while_events_were_missed_is_found_gone_and_who_came_since_is_not() {
        scene.talking();
        scene.overlay.eventsMissed();
        scene.overlay.reconcile(inventory());
        scene.millis(100);
        assertTrue(scene.attached(), "all of it is there");
        scene.overlay.eventsMissed();
        asterisk.tell(_ -> {});
        asterisk.end(OverlayScene.CALLER, 16);
        asterisk.tell(scene.overlay::on);
        scene.overlay.reconcile(inventory());
        scene.millis(100);
        assertEquals(1, scene.count(ConnectionEvent.Gone.class));
        assertEquals(Set.of(), asterisk.channels.keySet());
    }

    @Test
    void a_leg_made_after_the_look_at_asterisk_is_not_taken_for_gone() {
        scene.overlay.adoptCaller(
                asterisk.model(asterisk.arrive(OverlayScene.CALLER, "+12125550101")));
        scene.overlay.eventsMissed();
        var looked = inventory();
        scene.overlay.dial(Party.DESTINATION, OverlayScene.dial("+12125550102"));
        scene.millis(100);
        scene.overlay.reconcile(looked);
        scene.millis(1000);
        assertEquals(List.of(), scene.events);
    }

    private Sweep.Inventory inventory() {
        return new Sweep.Inventory(
                asterisk.channels.values().stream().map(asterisk::model).toList(),
                asterisk.bridges.keySet().stream().map(asterisk::model).toList());
    }

    @Test
    void an_asterisk_that_has_nothing_of_the_call_any_more_is_another_one() {
        scene.talking();
        scene.overlay.eventsMissed();
        asterisk.channels.clear();
        asterisk.bridges.clear();
        scene.overlay.reconcile(inventory());
        assertEquals(new ConnectionEvent.CarrierLost(), scene.events.getLast());
        assertEquals(Overlay.Rest.NOTHING, scene.rest);
        assertEquals(0, scene.port.open());
    }

    @Test
    void sound_that_is_lost_to_a_fault_of_ours_is_attached_again() {
        scene.talking();
        scene.port.streams.values().iterator().next().lost.run();
        assertEquals(new ConnectionEvent.AudioLost("stream-fault"), scene.events.getLast());
        scene.seconds(3);
        assertTrue(scene.attached());
        assertEquals(2, scene.port.open());
    }

    @Test
    void an_abandoned_call_hangs_up_once_and_is_left_to_the_sweep() {
        scene.talking();
        scene.overlay.abandon();
        assertEquals(1, scene.count(ConnectionEvent.Released.class));
        assertEquals(Overlay.Rest.EVERYTHING, scene.rest);
        scene.millis(100);
        assertFalse(scene.joined());
        scene.overlay.release(HangupCause.NORMAL);
        scene.seconds(60);
        assertEquals(1, scene.count(ConnectionEvent.Released.class));
    }

    @Test
    void whatever_fails_and_whenever_the_two_stay_together_until_one_of_them_goes() {
        long seed = new Random().nextLong();
        var chance = new Random(seed);
        for (int round = 0; round < 300; round++) {
            String where = "seed " + seed + " round " + round;
            var call = new OverlayScene().talking();
            assertTrue(call.joined(), where);
            var troubles =
                    List.of(
                            "snoop .*",
                            "media .*",
                            "bridge .*",
                            "add .*",
                            "set .*",
                            "hangup .*",
                            "destroy .*",
                            "rtp .*");
            for (int i = 3 + chance.nextInt(12); i > 0; i--) {
                disturb(call, chance, troubles.get(chance.nextInt(troubles.size())));
                act(call, chance);
                call.millis(chance.nextInt(chance.nextBoolean() ? 50 : 4000));
                assertTrue(
                        call.asterisk.channels.containsKey(OverlayScene.CALLER)
                                && call.asterisk.channels.containsKey(OverlayScene.DESTINATION),
                        where);
            }
            call.seconds(120);
            assertTrue(call.joined(), () -> where + call.asterisk.requests);
            assertTrue(call.attached(), () -> where + call.asterisk.requests);
            call.overlay.audio(Party.CALLER).restore();
            // What was armed for such requests may meet the first of them only now.
            call.seconds(240);
            for (Party party : Party.values()) {
                assertEquals("0", call.volume(party), where);
            }
            assertEquals(2, call.port.open(), where);
            assertEquals(
                    2 + 5, call.asterisk.channels.size(), where + call.asterisk.channels.keySet());
            call.asterisk.end(
                    chance.nextBoolean() ? OverlayScene.CALLER : OverlayScene.DESTINATION, 16);
            call.seconds(30);
            assertEquals(Set.of(), call.asterisk.channels.keySet(), where);
            if (call.rest == Overlay.Rest.NOTHING) {
                assertEquals(Map.of(), call.asterisk.bridges, where);
            }
            assertEquals(1, call.count(ConnectionEvent.Released.class), where);
        }
    }

    private static void disturb(OverlayScene call, Random chance, String request) {
        switch (chance.nextInt(5)) {
            case 0 -> call.asterisk.lose(request, 1 + chance.nextInt(2));
            case 1 -> call.asterisk.drop(request, 1 + chance.nextInt(2));
            case 2 -> call.asterisk.refuse(request, 1 + chance.nextInt(4), 500);
            case 3 ->
                    call.asterisk.answerLate(
                            request, 1, Duration.ofMillis(1 + chance.nextInt(4900)));
            default ->
                    call.asterisk.carryOutLate(
                            request, 1, Duration.ofMillis(1 + chance.nextInt(9000)));
        }
    }

    /// Somebody speaks, something of ours ends, a phone changes its source.
    private static void act(OverlayScene call, Random chance) {
        switch (chance.nextInt(4)) {
            case 0 -> {
                if (call.attached()) {
                    call.overlay.audio(Party.CALLER).duck(12);
                }
            }
            case 1 -> {
                if (call.attached()) {
                    call.overlay.audio(Party.CALLER).restore();
                }
            }
            case 2 -> {
                List<String> ours = call.channels("sp-7f3-");
                String victim = ours.get(chance.nextInt(ours.size()));
                if (!victim.equals(OverlayScene.DESTINATION)) {
                    call.asterisk.end(victim, 16);
                }
            }
            default -> {
                call.leg(Party.CALLER).ssrc = chance.nextInt(1, 1 << 20);
                for (int i = 0; i < SilenceWatch.EVERY; i++) {
                    call.hear(Party.CALLER, false);
                    call.millis(20);
                }
            }
        }
    }

    @Test
    void what_the_first_pop_does_not_answer_is_dialled_by_the_second_one() {
        var scene = new OverlayScene();
        scene.secondPop.isThere(true);
        scene.arrive();
        scene.millis(50);
        scene.asterisk.end(OverlayScene.DESTINATION, 18);
        scene.millis(50);
        assertEquals(2, scene.asterisk.asked("create " + OverlayScene.DESTINATION));
        assertEquals(
                "PJSIP/+12125550102@voipms-2",
                scene.asterisk.channel(OverlayScene.DESTINATION).endpoint);
        assertEquals(List.of(), scene.events);
        scene.asterisk.end(OverlayScene.DESTINATION, 18);
        scene.millis(50);
        assertEquals(2, scene.asterisk.asked("create " + OverlayScene.DESTINATION), "no third");
        assertEquals(
                new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.NO_ANSWER),
                scene.events.getFirst());
    }
}
