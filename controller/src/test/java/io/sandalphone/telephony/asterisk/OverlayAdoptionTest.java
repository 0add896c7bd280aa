package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.Party;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A call whose controller was killed, taken up by the next one.
class OverlayAdoptionTest {
    private final OverlayScene dead = new OverlayScene();
    private final FakeAsterisk asterisk = dead.asterisk;

    private Set<String> helpers() {
        Set<String> helpers = new HashSet<>(asterisk.channels.keySet());
        helpers.remove(OverlayScene.CALLER);
        helpers.remove(OverlayScene.DESTINATION);
        return helpers;
    }

    private OverlayScene adopted() {
        OverlayScene scene = OverlayScene.after(dead);
        scene.overlay.attachAudio();
        return scene;
    }

    @Test
    void the_two_stay_where_they_are_and_what_stood_beside_them_is_replaced() {
        dead.talking();
        Set<String> before = helpers();
        asterisk.requests.clear();
        OverlayScene scene = adopted();
        scene.seconds(1);
        assertEquals(List.of(new ConnectionEvent.AudioAttached()), scene.events);
        assertTrue(scene.attached());
        assertTrue(scene.joined());
        assertEquals(0, asterisk.asked("add .*-main 171.1"), "the two are not moved");
        assertEquals(0, asterisk.asked("add .*-main .*destination"));
        assertEquals(0, asterisk.asked("destroy .*-main"));
        Set<String> after = helpers();
        assertEquals(before.size(), after.size(), after::toString);
        before.forEach(old -> assertFalse(after.contains(old), old + " is used twice"));
        assertEquals(3, asterisk.bridges.size(), asterisk.bridges::toString);
    }

    @Test
    void a_voice_that_was_low_is_brought_back_before_anything_else() {
        dead.talking();
        dead.overlay.audio(Party.CALLER).duck(12);
        dead.millis(100);
        assertEquals("-4", dead.volume(Party.CALLER));
        asterisk.requests.clear();
        OverlayScene scene = adopted();
        assertEquals("set 171.1 VOLUME(RX)=0", asterisk.requests.getFirst());
        scene.millis(100);
        assertEquals("0", scene.volume(Party.CALLER));
        assertEquals("0", scene.volume(Party.DESTINATION));
        scene.overlay.audio(Party.CALLER).duck(12);
        scene.millis(100);
        assertEquals("-4", scene.volume(Party.CALLER), "it can sink again");
    }

    @Test
    void the_bridge_mixes_all_the_time() {
        dead.talking();
        asterisk.requests.clear();
        adopted().seconds(1);
        int in = index("add sp-7f3-main sp-7f3-anchor-k2-.*");
        int out = index("hangup sp-7f3-anchor-\\d+ .*");
        assertTrue(in < out, asterisk.requests::toString);
    }

    private int index(String request) {
        for (int i = 0; i < asterisk.requests.size(); i++) {
            if (asterisk.requests.get(i).matches(request)) {
                return i;
            }
        }
        throw new AssertionError(request + " was not asked for: " + asterisk.requests);
    }

    @Test
    void what_is_left_of_the_dead_one_goes_although_ours_cannot_be_built() {
        dead.talking();
        Set<String> before = helpers();
        asterisk.refuse("snoop .*", 1000, 500);
        OverlayScene scene = adopted();
        scene.seconds(10);
        assertFalse(scene.attached());
        before.forEach(old -> assertFalse(helpers().contains(old), old));
        assertTrue(scene.joined());
    }

    @Test
    void what_is_left_of_the_dead_one_goes_where_nobody_is_interpreted() {
        dead.talking();
        OverlayScene scene = OverlayScene.after(dead);
        scene.seconds(10);
        assertEquals(Set.of(), helpers());
        assertTrue(scene.joined());
        assertEquals(List.of(), scene.events);
    }

    @Test
    void either_end_takes_the_other_along_and_nothing_is_left() {
        for (Party leaving : Party.values()) {
            var before = new OverlayScene();
            before.talking();
            OverlayScene scene = OverlayScene.after(before);
            scene.overlay.attachAudio();
            scene.seconds(1);
            scene.asterisk.end(scene.leg(leaving).id, 16);
            scene.seconds(1);
            assertEquals(
                    new ConnectionEvent.Gone(leaving, HangupCause.NORMAL), scene.events.get(1));
            assertEquals(Map.of(), scene.asterisk.bridges);
            assertEquals(Set.of(), scene.asterisk.channels.keySet());
            assertEquals(Overlay.Rest.NOTHING, scene.rest);
        }
    }

    @Test
    void a_hang_up_that_nobody_was_told_of_is_found_by_the_next_look() {
        dead.talking();
        OverlayScene scene = adopted();
        // Before anybody listens to the events of it.
        asterisk.tell(_ -> {});
        asterisk.end(OverlayScene.CALLER, 16);
        asterisk.tell(scene.overlay::on);
        scene.overlay.reconcile(asterisk.inventory());
        scene.seconds(5);
        assertEquals(1, scene.count(ConnectionEvent.Gone.class), scene.events::toString);
        assertEquals(Set.of(), asterisk.channels.keySet());
        assertEquals(Map.of(), asterisk.bridges);
    }

    @Test
    void a_phone_that_rings_on_is_told_to_have_answered() {
        dead.arrive();
        dead.millis(100);
        asterisk.ring(OverlayScene.DESTINATION);
        dead.millis(10);
        OverlayScene scene = OverlayScene.after(dead);
        scene.millis(100);
        assertEquals(List.of(), scene.events);
        asterisk.answer(OverlayScene.DESTINATION);
        scene.seconds(1);
        assertEquals(new ConnectionEvent.Answered(Party.DESTINATION), scene.events.getFirst());
        assertTrue(scene.attached());
        assertTrue(scene.joined());
    }

    @Test
    void what_could_not_be_asked_for_before_the_crash_is_asked_for_again() {
        dead.talking();
        forget("CHANNEL(hangup_handler_wipe)");
        OverlayScene scene = adopted();
        scene.seconds(1);
        assertEquals(
                "sp-hangup,s,1(PJSIP/voipms-sp-7f3-destination)",
                scene.leg(Party.CALLER).variables.get("CHANNEL(hangup_handler_wipe)"));
        assertEquals(
                "sp-hangup,s,1(PJSIP/voipms-171.1)",
                scene.leg(Party.DESTINATION).variables.get("CHANNEL(hangup_handler_wipe)"));
    }

    private void forget(String variable) {
        for (Party party : Party.values()) {
            dead.leg(party).variables.remove(variable);
        }
    }

    @Test
    void both_say_where_they_are_in_the_same_words() {
        dead.talking();
        Map<Party, LegPlace> places =
                Map.of(
                        Party.CALLER,
                        new LegPlace("voipms", Map.of("channel", OverlayScene.CALLER)),
                        Party.DESTINATION,
                        new LegPlace("voipms", Map.of("channel", OverlayScene.DESTINATION)));
        assertEquals(places, dead.overlay.places());
        assertEquals(places, adopted().overlay.places());
    }

    @Test
    void a_third_controller_takes_the_call_up_from_the_second() {
        dead.talking();
        adopted().seconds(1);
        Set<String> before = helpers();
        var third = OverlayScene.after(dead, "k3");
        third.overlay.attachAudio();
        third.seconds(1);
        assertTrue(third.attached());
        before.forEach(old -> assertFalse(helpers().contains(old), old));
        assertEquals(before.size(), helpers().size());
    }
}
