package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.Party;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

/// A leg whose phone numbers its packets anew in mid-call, on an Asterisk that loses and refuses what
/// the repair asks for.
class LegRepairTest {
    private static final String STATISTICS = "rtp 171.1";
    private static final String INTO_BRIDGE = "add sp-7f3-main 171.1";

    private final OverlayScene scene = new OverlayScene();
    private final FakeAsterisk asterisk = scene.asterisk;

    private void talking(long ssrc) {
        scene.arrive();
        scene.leg(Party.CALLER).ssrc = ssrc;
        scene.millis(100);
        asterisk.answer(OverlayScene.DESTINATION);
        scene.millis(100);
        asterisk.requests.clear();
    }

    private void silence(int seconds) {
        hear(seconds, false);
    }

    private void sound(int seconds) {
        hear(seconds, true);
    }

    private void hear(int seconds, boolean sound) {
        for (int i = 0; i < seconds * 50; i++) {
            scene.hear(Party.CALLER, sound);
            scene.millis(20);
        }
    }

    @Test
    void a_leg_that_begins_anew_is_put_into_its_bridge_again_and_gets_a_new_snoop() {
        talking(1);
        String snoop = scene.channels("sp-7f3-snoop").getFirst();
        scene.leg(Party.CALLER).ssrc = 2;
        silence(2);
        assertEquals(1, asterisk.asked(INTO_BRIDGE));
        assertEquals(0, asterisk.asked("remove .*"), "nobody is ever taken out alone");
        assertEquals(1, scene.counter("sandalphone.overlay.legs.repaired"));
        assertTrue(!asterisk.channels.containsKey(snoop));
        assertEquals(2, scene.channels("sp-7f3-snoop").size());
        sound(10);
        assertEquals(1, scene.counter("sandalphone.overlay.legs.repaired"));
        assertEquals(0, scene.count(ConnectionEvent.AudioLost.class));
    }

    @ParameterizedTest
    @CsvSource({"lose", "drop", "refuse"})
    void a_leg_is_in_its_bridge_whatever_happens_to_the_request_that_repairs_it(String how) {
        talking(1);
        var trouble =
                switch (how) {
                    case "lose" -> asterisk.lose(INTO_BRIDGE, 1);
                    case "drop" -> asterisk.drop(INTO_BRIDGE, 1);
                    default -> asterisk.refuse(INTO_BRIDGE, 3, 500);
                };
        scene.leg(Party.CALLER).ssrc = 2;
        for (int second = 0; second < 10; second++) {
            silence(1);
            assertTrue(scene.joined(), "after " + second + " s");
        }
        assertTrue(trouble.fired() > 0);
        assertTrue(scene.attached());
        assertEquals(2, scene.channels("sp-7f3-snoop").size());
    }

    @ParameterizedTest
    @CsvSource({
        "refuse, snoop 171.1 .*",
        "drop, snoop 171.1 .*",
        "refuse, add .*private.* sp-7f3-snoop-[0-9]+",
        "lose, add .*private.* sp-7f3-snoop-[0-9]+",
    })
    void a_snoop_stays_until_the_one_that_takes_its_place_is_there(String how, String request) {
        talking(1);
        String snoop = scene.channels("sp-7f3-snoop").getFirst();
        var trouble =
                switch (how) {
                    case "lose" -> asterisk.lose(request, 1);
                    case "drop" -> asterisk.drop(request, 1);
                    default -> asterisk.refuse(request, 1, 500);
                };
        scene.leg(Party.CALLER).ssrc = 2;
        silence(1);
        scene.millis(100);
        assertEquals(1, trouble.fired());
        assertTrue(asterisk.channels.containsKey(snoop));
        assertTrue(scene.attached());
        silence(10);
        assertEquals(2, scene.channels("sp-7f3-snoop").size());
        assertNotEquals(snoop, scene.channels("sp-7f3-snoop").getFirst());
        assertEquals(1, asterisk.asked(INTO_BRIDGE), "its own part of the repair was done");
        assertEquals(0, scene.count(ConnectionEvent.AudioLost.class));
    }

    @Test
    void a_phone_that_has_sent_nothing_is_asked_about_once_a_second() {
        talking(0);
        silence(1);
        assertTrue(asterisk.asked(STATISTICS) <= 10, asterisk.requests::toString);
        asterisk.requests.clear();
        silence(60);
        assertEquals(60.0, (double) asterisk.asked(STATISTICS), 1.0);
        // None is under way when the call has ended.
        asterisk.end(OverlayScene.CALLER, 16);
        scene.millis(100);
        asterisk.requests.clear();
        scene.seconds(60);
        assertEquals(0, asterisk.requests.size(), asterisk.requests::toString);
    }

    @Test
    void a_phone_of_which_nothing_at_all_is_heard_is_not_asked_about() {
        talking(0);
        scene.seconds(60);
        assertEquals(0, asterisk.asked(STATISTICS));
    }

    @Test
    void one_question_is_under_way_at_a_time() {
        talking(0);
        asterisk.answerLate(STATISTICS, 1000, Duration.ofMillis(4500));
        silence(45);
        assertEquals(10.0, (double) asterisk.asked(STATISTICS), 1.0);
    }

    @Test
    void what_a_phone_begins_with_is_known_before_it_falls_silent() {
        talking(0);
        silence(10);
        scene.leg(Party.CALLER).ssrc = 1;
        sound(1);
        scene.leg(Party.CALLER).ssrc = 2;
        silence(2);
        assertEquals(1, scene.counter("sandalphone.overlay.legs.repaired"));
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "1, 35536"})
    void what_a_mute_phone_begins_with_is_known_when_the_first_answer_came_too_early(
            long ssrc, int lost) {
        talking(0);
        scene.leg(Party.CALLER).ssrc = 1;
        for (int i = 0; i < 10; i++) {
            scene.hear(Party.CALLER, false);
            scene.millis(20);
        }
        scene.leg(Party.CALLER).ssrc = ssrc;
        scene.leg(Party.CALLER).lost = lost;
        silence(2);
        assertEquals(1, scene.counter("sandalphone.overlay.legs.repaired"));
    }

    @Test
    void a_jump_before_the_first_answer_is_seen() {
        talking(0);
        scene.leg(Party.CALLER).ssrc = 1;
        scene.leg(Party.CALLER).lost = 35_536;
        silence(2);
        assertEquals(1, scene.counter("sandalphone.overlay.legs.repaired"));
    }

    @Test
    void one_who_speaks_is_asked_about_no_more_once_the_numbering_is_known() {
        talking(1);
        sound(60);
        assertEquals(0, asterisk.asked(STATISTICS));
    }

    @Test
    void a_mute_phone_is_asked_about_and_not_repaired() {
        talking(1);
        silence(60);
        assertEquals(60.0, (double) asterisk.asked(STATISTICS), 1.0);
        assertEquals(0, scene.counter("sandalphone.overlay.legs.repaired"));
    }
}
