package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.asterisk.AsteriskSettings.SilenceLimits;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// Legs from which no packets come, in virtual time: the caller's here, beside a destination that does
/// what the test says.
class SilentLegTest {
    private static final int CHECK_SECONDS = 60;
    private static final int END_SECONDS = 600;

    // Each decision is taken at a look, of which four go into a minute.
    private static final int LOOK_SECONDS = 15;

    private final OverlayScene scene =
            new OverlayScene(
                    new SilenceLimits(
                            Duration.ofSeconds(CHECK_SECONDS), Duration.ofSeconds(END_SECONDS)));
    private final FakeAsterisk asterisk = scene.asterisk;

    private boolean destinationSends = true;
    private boolean destinationSpeaks;

    /// So many seconds of a call in which the caller's phone sends nothing.
    private void silence(int seconds) {
        for (int i = 0; i < seconds * 10 && !scene.ended; i++) {
            if (destinationSends) {
                scene.leg(Party.DESTINATION).received += 5;
            }
            scene.hear(Party.CALLER, false);
            scene.hear(Party.DESTINATION, destinationSpeaks);
            scene.millis(100);
        }
    }

    private long questions(Party party) {
        return asterisk.asked(
                "set " + scene.leg(party).id + " PJSIP_SEND_SESSION_REFRESH\\(\\)=invite");
    }

    @Test
    void a_phone_that_sends_nothing_is_asked_each_minute_whether_it_is_still_there() {
        scene.talking();
        silence(CHECK_SECONDS - 1);
        assertEquals(0, questions(Party.CALLER));
        silence(LOOK_SECONDS);
        assertEquals(1, questions(Party.CALLER));
        silence(4 * CHECK_SECONDS);
        assertEquals(5, questions(Party.CALLER));
        assertEquals(5, scene.counter("sandalphone.overlay.silent.legs.asked"));
        assertEquals(0, questions(Party.DESTINATION), "its packets come");
        assertEquals(0, scene.count(ConnectionEvent.Silent.class));
    }

    @Test
    void one_that_nobody_speaks_to_ends_after_ten_minutes() {
        scene.talking();
        silence(END_SECONDS - 1);
        assertEquals(0, scene.count(ConnectionEvent.Silent.class));
        silence(2 * LOOK_SECONDS);
        assertEquals(1, scene.count(ConnectionEvent.Silent.class));
        assertEquals(1, scene.counter("sandalphone.overlay.silent.legs.ended"));
    }

    @Test
    void it_stays_as_long_as_the_other_side_speaks_and_ten_minutes_more() {
        scene.talking();
        destinationSpeaks = true;
        silence(2 * END_SECONDS);
        destinationSpeaks = false;
        silence(END_SECONDS - LOOK_SECONDS);
        assertEquals(0, scene.count(ConnectionEvent.Silent.class));
        silence(3 * LOOK_SECONDS);
        assertEquals(1, scene.count(ConnectionEvent.Silent.class));
    }

    @Test
    void the_other_side_counts_as_speaking_when_nobody_listens_and_its_packets_come() {
        scene.talking();
        scene.port.streams.values().forEach(stream -> stream.closed = true);
        silence(2 * END_SECONDS);
        assertEquals(0, scene.count(ConnectionEvent.Silent.class));
        destinationSends = false;
        silence(END_SECONDS + 2 * LOOK_SECONDS);
        assertEquals(1, scene.count(ConnectionEvent.Silent.class));
    }

    @Test
    void packets_of_silence_are_packets() {
        scene.talking();
        for (int i = 0; i < 4 * END_SECONDS; i++) {
            scene.leg(Party.CALLER).received++;
            silence(1);
        }
        assertEquals(0, questions(Party.CALLER));
        assertEquals(0, scene.count(ConnectionEvent.Silent.class));
    }

    @Test
    void one_on_hold_has_the_limit_that_asterisk_keeps() {
        scene.talking();
        asterisk.hold(OverlayScene.CALLER, true);
        silence(2 * END_SECONDS);
        assertEquals(0, questions(Party.CALLER));
        assertEquals(0, scene.count(ConnectionEvent.Silent.class));
        asterisk.hold(OverlayScene.CALLER, false);
        silence(CHECK_SECONDS + LOOK_SECONDS);
        assertEquals(1, questions(Party.CALLER));
    }

    @Test
    void nothing_is_asked_of_those_who_are_heard() {
        scene.talking();
        scene.leg(Party.CALLER).ssrc = 1;
        scene.leg(Party.DESTINATION).ssrc = 2;
        scene.hear(Party.CALLER, true);
        scene.hear(Party.DESTINATION, true);
        scene.seconds(1);
        asterisk.requests.clear();
        for (int i = 0; i < END_SECONDS; i++) {
            scene.hear(Party.CALLER, true);
            scene.hear(Party.DESTINATION, true);
            scene.millis(1000);
        }
        assertEquals(List.of(), asterisk.requests);
    }

    @Test
    void a_question_that_is_refused_harms_nobody_and_is_asked_again() {
        scene.talking();
        var refusals = asterisk.refuse("set .*SESSION_REFRESH.*", 2, 500);
        silence(4 * CHECK_SECONDS);
        assertEquals(2, refusals.fired());
        assertEquals(4, questions(Party.CALLER));
        assertEquals(0, scene.count(ConnectionEvent.Gone.class));
    }

    @Test
    void an_ended_call_is_watched_no_more() {
        scene.talking();
        asterisk.end(OverlayScene.DESTINATION, 16);
        scene.millis(100);
        asterisk.requests.clear();
        scene.seconds(2 * END_SECONDS);
        assertEquals(List.of(), asterisk.requests);
    }
}
