package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.stream.StreamTokens.Redemption;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Somebody whose phone rings on when we die.
class PersistentRingTest {
    @Test
    void the_phone_rings_and_opens_its_connection_when_it_is_answered() {
        LegScene scene = LegScene.ringing();
        FakeAsterisk.FakeChannel ring = scene.asterisk.channel(LegScene.RING);
        assertEquals("Local/0a1b2c3d4e5f@sandalphone-ring", ring.endpoint);
        assertEquals(LegScene.ROOM, ring.variables.get("__SP_ROOM"));
        assertFalse(ring.variables.keySet().stream().anyMatch(name -> name.contains("SP_CALL")));
        assertEquals(1, scene.asterisk.asked("dial " + LegScene.RING));
        assertEquals(List.of(new LegEvent.Ringing()), scene.events);

        scene.pickUp();
        assertEquals(List.of(new LegEvent.Ringing()), scene.events, "no end, as the ringing's");
        String token = ring.variables.getOrDefault("__SP_TOKEN", "");
        assertEquals(new Redemption.Redeemed<>(scene.leg), scene.tokens.redeem(token));
        scene.connectPhone();
        assertEquals(List.of(new LegEvent.Ringing(), new LegEvent.Answered()), scene.events);
        assertEquals(List.of("{\"command\":\"ANSWER\"}"), scene.commands);
    }

    @Test
    void whoever_talks_is_hung_up_at_their_phone() {
        LegScene scene = LegScene.ringing();
        scene.pickUp();
        scene.connectPhone();
        scene.leg.hangUp(HangupCause.NORMAL);
        scene.millis(50);
        assertFalse(scene.asterisk.channels.containsKey(LegScene.PHONE));
        scene.lose();
        assertTrue(scene.events.contains(new LegEvent.Ended(HangupCause.NORMAL)));
    }

    @Test
    void ringing_that_is_not_wanted_any_more_ends() {
        LegScene scene = LegScene.ringing();
        scene.leg.hangUp(HangupCause.NORMAL);
        scene.millis(50);
        assertFalse(scene.asterisk.channels.containsKey(LegScene.RING));
        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), scene.events.getLast());
        assertEquals(1, scene.done);
    }

    @Test
    void who_answers_in_the_moment_of_the_end_is_hung_up_as_soon_as_they_are_known() {
        LegScene scene = LegScene.ringing();
        scene.pickUp();
        scene.leg.hangUp(HangupCause.NORMAL);
        scene.millis(50);
        assertEquals(0, scene.done, "the phone's channel is not known yet");
        scene.connectPhone();
        scene.millis(50);
        assertFalse(scene.asterisk.channels.containsKey(LegScene.PHONE));
        assertFalse(scene.events.contains(new LegEvent.Answered()));
    }

    @Test
    void why_nobody_answered_is_told() {
        LegScene scene = LegScene.ringing();
        scene.asterisk.end(LegScene.RING, 17);
        scene.millis(50);
        assertEquals(new LegEvent.Ended(HangupCause.BUSY), scene.events.getLast());
    }

    @Test
    void who_answers_and_opens_no_connection_is_given_up() {
        LegScene scene = LegScene.ringing();
        scene.pickUp();
        scene.millis(5_100);
        assertEquals(new LegEvent.Ended(HangupCause.CONGESTION), scene.events.getLast());
    }

    @Test
    void a_ringing_of_which_nothing_is_heard_any_more_is_given_up() {
        LegScene scene = LegScene.ringing();
        scene.millis(40_000);
        assertEquals(
                new LegEvent.Ended(HangupCause.CONGESTION),
                scene.events.getLast(),
                "nothing more was heard of it");
    }
}
