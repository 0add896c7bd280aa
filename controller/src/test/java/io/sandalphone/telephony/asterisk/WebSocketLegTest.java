package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.stream.StreamTokens.Redemption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Legs whose sound passes through us, on an Asterisk that loses and refuses what it is asked.
class WebSocketLegTest {
    private static final String ANSWER = "{\"command\":\"ANSWER\"}";

    @Test
    void a_caller_rings_until_they_are_answered_and_then_their_sound_passes() {
        LegScene scene = LegScene.waiting();
        assertEquals("sandalphone-leg", scene.asterisk.channel(LegScene.CALLER).continuedAt);
        assertEquals(
                LegScene.ROOM, scene.asterisk.channel(LegScene.CALLER).variables.get("SP_ROOM"));
        scene.millis(3000);
        assertEquals(List.of(), scene.commands);
        assertEquals(List.of(), scene.events);
        scene.leg.answer();
        assertEquals(List.of(ANSWER), scene.commands);
        assertEquals(List.of(new LegEvent.Answered()), scene.events);

        var heard = new ArrayList<AudioFrame>();
        scene.leg.media().hear(heard::add);
        var sound = new byte[160];
        Arrays.fill(sound, (byte) 0x8f);
        scene.leg.sound(sound);
        assertEquals(1, heard.size());
        assertEquals(0, heard.getFirst().position());
        scene.leg.media().send(heard.getFirst());
        assertArrayEquals(sound, scene.sent.getFirst());
    }

    @Test
    void who_is_answered_before_their_connection_is_there_is_answered_when_it_is() {
        LegScene scene = LegScene.arrived();
        scene.leg.answer();
        scene.millis(20);
        assertEquals(List.of(), scene.events);
        scene.connect();
        assertEquals(List.of(ANSWER), scene.commands);
        assertEquals(List.of(new LegEvent.Answered()), scene.events);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set 171.1 SP_TOKEN.*",
                "set 171.1 SP_ROOM.*",
                "continue 171.1 sandalphone-leg"
            })
    void what_asterisk_does_not_do_it_is_asked_again(String request) {
        LegScene scene = LegScene.arrived();
        var refused = scene.asterisk.refuse(request, 2, 500);
        scene.millis(2000);
        assertEquals(2, refused.fired());
        assertEquals("sandalphone-leg", scene.asterisk.channel(LegScene.CALLER).continuedAt);
        var _ = assertRedeemed(scene);
    }

    private static Redemption<LegSocket.Listener> assertRedeemed(LegScene scene) {
        Redemption<LegSocket.Listener> redemption = scene.tokens.redeem(scene.token());
        assertEquals(new Redemption.Redeemed<>(scene.leg), redemption);
        return redemption;
    }

    @Test
    void a_caller_who_is_refused_is_told_why() {
        LegScene scene = LegScene.waiting();
        scene.leg.hangUp(HangupCause.BUSY);
        scene.leg.hangUp(HangupCause.NORMAL);
        scene.millis(1);
        assertEquals(
                1, scene.asterisk.asked("hangup 171.1 BUSY"), scene.asterisk.requests::toString);
        scene.lose();
        scene.millis(10);
        assertEquals(List.of(new LegEvent.Ended(HangupCause.BUSY)), scene.events);
        assertEquals(1, scene.done);
    }

    @Test
    void the_wish_to_end_is_repeated_until_the_caller_is_gone() {
        LegScene scene = LegScene.talking();
        scene.asterisk.refuse("hangup .*", 3, 500);
        scene.leg.hangUp(HangupCause.NORMAL);
        scene.millis(1500);
        assertFalse(scene.closed, "closing it first would leave the caller to the dialplan");
        scene.millis(1000);
        assertFalse(scene.asterisk.channels.containsKey(LegScene.CALLER));
        scene.millis(1500);
        assertTrue(scene.events.contains(new LegEvent.Ended(HangupCause.NORMAL)));
    }

    @Test
    void a_connection_that_opens_while_the_caller_is_being_ended_is_held_until_they_are_gone() {
        LegScene scene = LegScene.arrived();
        scene.millis(20);
        String token = scene.token();
        scene.asterisk.refuse("hangup .*", 1, 500);
        scene.leg.hangUp(HangupCause.REJECTED);
        assertTrue(scene.tokens.claim(token), "refused, it would leave them to the dialplan");
        scene.connect();
        scene.millis(50);
        assertFalse(scene.closed);
        scene.millis(3000);
        assertTrue(scene.closed);
        assertFalse(scene.asterisk.channels.containsKey(LegScene.CALLER));
        assertEquals(List.of(new LegEvent.Ended(HangupCause.REJECTED)), scene.events);
    }

    @Test
    void an_asterisk_that_does_not_answer_is_left_to_end_the_leg_by_itself() {
        LegScene scene = LegScene.talking();
        scene.asterisk.drop("hangup .*", 100);
        scene.leg.hangUp(HangupCause.NORMAL);
        scene.millis(8100);
        assertTrue(scene.closed);
        assertTrue(scene.events.contains(new LegEvent.Ended(HangupCause.NORMAL)));
        assertEquals(1, scene.counted("overlay.release.incomplete"));
    }

    @Test
    void a_connection_that_closes_is_a_caller_who_hung_up() {
        LegScene scene = LegScene.talking();
        scene.lose();
        assertEquals(
                List.of(new LegEvent.Answered(), new LegEvent.Ended(HangupCause.NORMAL)),
                scene.events);
        scene.millis(10);
        assertFalse(
                scene.asterisk.channels.containsKey(LegScene.CALLER),
                "whose connection failed is not left alone");
    }

    @Test
    void a_caller_who_gives_up_is_not_waited_for() {
        LegScene scene = LegScene.waiting();
        scene.lose();
        assertEquals(List.of(new LegEvent.Ended(HangupCause.NORMAL)), scene.events);
    }

    @Test
    void who_is_left_goes_on_at_asterisk() {
        LegScene scene = LegScene.talking();
        scene.leg.leave();
        scene.millis(2000);
        assertTrue(scene.closed);
        assertEquals(0, scene.asterisk.asked("hangup .*"));
        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), scene.events.getLast());
    }

    @Test
    void who_was_not_connected_yet_is_given_back() {
        LegScene scene = LegScene.arrived();
        scene.leg.returnToCarrier();
        scene.millis(2000);
        assertEquals("untranslated", scene.asterisk.channel(LegScene.CALLER).continuedAt);
        assertEquals(List.of(new LegEvent.Ended(HangupCause.NORMAL)), scene.events);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void without_a_connection_the_leg_ends(boolean arrived) {
        LegScene scene = arrived ? LegScene.arrived() : LegScene.rung();
        scene.millis(4900);
        assertEquals(List.of(), scene.events);
        String token = scene.token();
        scene.millis(200);
        assertEquals(List.of(new LegEvent.Ended(HangupCause.CONGESTION)), scene.events);
        assertEquals(new Redemption.Unknown<>(), scene.tokens.redeem(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"slin16", "alaw"})
    void sound_that_was_not_asked_for_ends_the_leg(String format) {
        LegScene scene = LegScene.arrived();
        scene.millis(20);
        scene.connect(format, 160);
        scene.millis(1100);
        assertTrue(scene.closed);
        assertEquals(List.of(new LegEvent.Ended(HangupCause.CONGESTION)), scene.events);
    }

    @Test
    void a_phone_rings_once_asterisk_tells_of_it_and_never_twice() {
        LegScene scene = LegScene.rung();
        var late = scene.asterisk.refuse("subscribe .*", 1, 500);
        scene.millis(20);
        var sound = scene.asterisk.channel(LegScene.SOUND);
        assertEquals("sandalphone-dial", sound.continuedAt);
        assertEquals("PJSIP/+525512345678@voipms", sound.variables.get("SP_ENDPOINT"));
        assertEquals("30", sound.variables.get("SP_RING"));
        assertEquals("3660", sound.variables.get("__SP_LONGEST"));
        assertEquals("+12125550101", sound.variables.get("CALLERID(num)"));
        var _ = assertRedeemed(scene);
        scene.connect();
        scene.millis(100);
        assertEquals(1, late.fired());
        assertEquals(List.of(), scene.commands, "nobody would tell of the phone");
        scene.millis(200);
        assertEquals(List.of(ANSWER), scene.commands);
        scene.dial("");
        scene.dial("RINGING");
        scene.dial("RINGING");
        scene.dial("ANSWER");
        assertEquals(List.of(new LegEvent.Ringing(), new LegEvent.Answered()), scene.events);
        assertEquals(1, scene.asterisk.asked("originate .*"));
    }

    @Test
    void a_lost_answer_to_the_request_keeps_nobody_from_being_rung() {
        LegScene scene = LegScene.rung();
        scene.asterisk.lose("originate .*", 1);
        scene.millis(20);
        scene.connect();
        scene.millis(6000);
        assertEquals(List.of(ANSWER), scene.commands);
        assertEquals(List.of(), scene.events);
        assertEquals(1, scene.asterisk.asked("originate .*"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void why_a_phone_was_not_reached_is_told_in_whatever_order(boolean closedFirst) {
        LegScene scene = LegScene.dialled();
        if (closedFirst) {
            scene.lose();
            scene.millis(100);
            scene.destroyed(17);
        } else {
            scene.destroyed(17);
        }
        scene.millis(1);
        assertEquals(
                List.of(new LegEvent.Ringing(), new LegEvent.Ended(HangupCause.BUSY)),
                scene.events);
    }

    @Test
    void who_talks_is_hung_up_before_the_sound_whose_end_would_leave_them_alone() {
        LegScene scene = LegScene.dialled();
        scene.dial("ANSWER");
        scene.leg.hangUp(HangupCause.NORMAL);
        scene.millis(20);
        List<String> ends =
                scene.asterisk.requests.stream().filter(each -> each.startsWith("hangup")).toList();
        assertEquals(
                List.of(
                        "hangup " + LegScene.PHONE + " NORMAL",
                        "hangup " + LegScene.SOUND + " NORMAL"),
                ends);
        assertFalse(scene.closed);
        scene.lose();
        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), scene.events.getLast());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whose_sound_fails_while_they_talk_is_hung_up_and_not_left_alone(boolean closedFirst) {
        LegScene scene = LegScene.dialled();
        scene.dial("ANSWER");
        if (closedFirst) {
            scene.lose();
        } else {
            scene.destroyed(38);
        }
        scene.millis(20);
        assertEquals(1, scene.asterisk.asked("hangup " + LegScene.PHONE + " NORMAL"));
        assertEquals(1, scene.events.stream().filter(LegEvent.Ended.class::isInstance).count());
    }

    @Test
    void a_phone_that_turns_up_after_the_hang_up_is_hung_up_too() {
        LegScene scene = LegScene.rung();
        scene.millis(20);
        scene.connect();
        scene.millis(20);
        scene.asterisk.channels.put(
                LegScene.PHONE, new FakeAsterisk.FakeChannel(LegScene.PHONE, "Ringing"));
        scene.leg.hangUp(HangupCause.NORMAL);
        scene.dial("ANSWER");
        scene.millis(100);
        assertFalse(scene.asterisk.channels.containsKey(LegScene.PHONE));
        assertFalse(scene.events.contains(new LegEvent.Answered()));
    }

    @Test
    void an_answer_that_nobody_told_us_is_found() {
        LegScene scene = LegScene.dialled();
        var phone = scene.asterisk.channel(LegScene.PHONE);
        phone.state = "Up";
        phone.variables.put("SP_CALL", "7f3");
        phone.variables.put("SP_ROLE", "destination");
        scene.leg
                .channels()
                .reconcile(
                        new Sweep.Inventory(
                                scene.asterisk.channels.values().stream()
                                        .map(scene.asterisk::model)
                                        .toList(),
                                List.of()));
        assertEquals(List.of(new LegEvent.Ringing(), new LegEvent.Answered()), scene.events);
    }

    @Test
    void keys_are_told_and_what_is_no_message_is_counted() {
        LegScene scene = LegScene.talking();
        scene.message("{\"event\":\"DTMF_END\",\"channel_id\":\"171.3\",\"digit\":\"#\"}");
        scene.message("{\"event\":\"DTMF_END\",\"channel_id\":\"171.3\",\"digit\":\"##\"}");
        scene.message("MEDIA_START");
        scene.message("{\"event\":\"QUEUE_DRAINED\"}");
        assertEquals(new LegEvent.KeyPressed('#'), scene.events.getLast());
        assertEquals(2, scene.counted("asterisk.legs.received.malformed"));
    }

    @Test
    void what_was_sent_is_known_to_be_played_by_a_mark_and_dropped_by_a_flush() {
        LegScene scene = LegScene.talking();
        var played = new ArrayList<String>();
        scene.leg.media().send(new AudioFrame(new short[160], 8000, 0));
        scene.leg.media().whenPlayed(() -> played.add("first"));
        assertEquals(
                "{\"command\":\"MARK_MEDIA\",\"correlation_id\":\"m1\"}", scene.commands.getLast());
        scene.message(
                "{\"event\":\"MEDIA_MARK_PROCESSED\",\"channel_id\":\"171.3\",\"correlation_id\":\"m1\"}");
        scene.millis(1);
        assertEquals(List.of("first"), played);
        scene.leg.media().whenPlayed(() -> played.add("second"));
        scene.leg.media().clear();
        assertEquals("{\"command\":\"FLUSH_MEDIA\"}", scene.commands.getLast());
        scene.millis(1);
        assertEquals(
                List.of("first", "second"), played, "nobody will tell of a mark that was flushed");
    }

    @Test
    void a_phone_that_sent_nothing_leaves_a_gap_and_one_that_was_late_does_not() {
        LegScene scene = LegScene.talking();
        var positions = new ArrayList<Long>();
        scene.leg.media().hear(frame -> positions.add(frame.position()));
        scene.leg.sound(new byte[160]);
        scene.millis(200);
        scene.leg.sound(new byte[320]);
        scene.millis(1020);
        scene.leg.sound(new byte[160]);
        assertEquals(List.of(0L, 160L, 320L, 480L + 8000L), positions);
    }
}
