package io.sandalphone.telephony.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.SipAddress;
import io.sandalphone.telephony.markup.ArrivedLeg.Decision;
import io.sandalphone.telephony.markup.RestAnswer.Reason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class ArrivedLegTest {
    private static final RestAnswer BROKEN = new RestAnswer.Unknown("status 503");
    private static final RestAnswer NOT_IN_PROGRESS = ScriptedDialect.refused(Reason.OTHER_STATE);
    private static final RestAnswer GONE = ScriptedDialect.refused(Reason.GONE);
    private static final LegEvent ENDED = new LegEvent.Ended(HangupCause.NORMAL);

    private final MarkupScene scene = new MarkupScene();
    private final RecordingSocket socket = new RecordingSocket();

    private ArrivedLeg streaming() {
        ArrivedLeg leg = scene.arrived();
        leg.admit();
        scene.starts(leg, socket);
        return leg;
    }

    @Test
    void what_is_decided_first_counts() {
        ArrivedLeg leg = scene.arrived();
        leg.hangUp(HangupCause.UNALLOCATED);
        leg.admit();
        leg.returnToCarrier();
        scene.loop.settle();

        var document = assertInstanceOf(Decision.Document.class, leg.decision().result());
        assertEquals("reject UNALLOCATED", document.xml());
        assertEquals(List.of(new LegEvent.Ended(HangupCause.UNALLOCATED)), scene.events);
        assertEquals(0, scene.account.legs());
    }

    /// The call's other party is rung over `via`.
    private String documentOf(String via) {
        ArrivedLeg leg = scene.arrived();
        leg.goesTo(via);
        leg.admit();
        return assertInstanceOf(Decision.Document.class, leg.decision().result()).xml();
    }

    @Test
    void who_calls_somebody_at_another_carrier_is_led_into_no_room() {
        assertTrue(documentOf("voipms").endsWith(", farewell"));
        assertTrue(documentOf("scripted").contains(", room a-room, "));
    }

    @Test
    void who_calls_somebody_at_a_carrier_with_a_way_back_calls_the_room_there() {
        scene.waysBack =
                carrier ->
                        Optional.of(carrier)
                                .filter("voipms"::equals)
                                .map(_ -> SipAddress.parse("sip:gw.example.org"));
        assertTrue(documentOf("voipms").endsWith(", calls sip:a-room@gw.example.org"));
        assertTrue(documentOf("client").endsWith(", farewell"));
        assertTrue(documentOf("scripted").contains(", room a-room, "));
    }

    @Test
    void who_is_left_or_abandoned_before_a_decision_is_given_back() {
        ArrivedLeg left = scene.arrived();
        left.leave();
        ArrivedLeg abandoned = scene.arrived();
        abandoned.abandon();
        scene.loop.settle();

        assertEquals(new Decision.GiveBack(), left.decision().result());
        assertEquals(new Decision.GiveBack(), abandoned.decision().result());
        assertEquals(List.of(ENDED, ENDED), scene.events);
    }

    @Test
    void events_from_before_anybody_listened_are_told_then_and_in_order() {
        var leg =
                new ArrivedLeg(
                        MarkupScene.context(Party.CALLER, scene.loop),
                        scene.account,
                        MarkupScene.CALL);
        leg.admit();
        scene.starts(leg, socket);
        leg.tell(new LegEvent.KeyPressed('1'));
        leg.listen(scene.events::add);
        assertEquals(List.of(), scene.events);
        leg.tell(new LegEvent.KeyPressed('2'));
        scene.loop.settle();

        assertEquals(
                List.of(
                        new LegEvent.Answered(),
                        new LegEvent.KeyPressed('1'),
                        new LegEvent.KeyPressed('2')),
                scene.events);
    }

    @Test
    void the_socket_stays_until_the_carrier_has_ended_the_call() {
        ArrivedLeg leg = streaming();
        scene.carrier.toChange.add(BROKEN);
        scene.carrier.toChange.add(BROKEN);

        leg.hangUp(HangupCause.NORMAL);
        scene.loop.settle();
        assertFalse(socket.closed);
        assertEquals(List.of(new LegEvent.Answered()), scene.events);
        leg.media().send(new AudioFrame(new short[160], 8000, 0));
        assertEquals(List.of(), socket.written);

        // Two answers of 5xx are over within a second.
        scene.lets(Duration.ofMillis(500));
        assertEquals(List.of("complete", "complete", "complete"), scene.carrier.asked);
        assertTrue(socket.closed);
        assertEquals(List.of(new LegEvent.Answered(), ENDED), scene.events);
        assertEquals(2, scene.meters.updateRepeated().count());
    }

    @Test
    void a_call_that_is_over_is_held_by_nothing_that_waits_for_its_time() {
        ArrivedLeg leg = streaming();
        scene.carrier.toChange.add(BROKEN);
        leg.hangUp(HangupCause.NORMAL);
        scene.lets(Duration.ofSeconds(30));

        assertEquals(ENDED, scene.events.getLast());
        assertEquals(0, scene.loop.timers());
    }

    @Test
    void a_call_that_is_over_already_needs_no_more() {
        for (RestAnswer over : List.of(NOT_IN_PROGRESS, GONE)) {
            scene.events.clear();
            ArrivedLeg leg = streaming();
            scene.carrier.toChange.add(over);
            leg.hangUp(HangupCause.NORMAL);
            scene.loop.settle();

            assertEquals(ENDED, scene.events.getLast());
        }
    }

    @Test
    void a_stop_while_it_is_being_ended_is_its_end() {
        ArrivedLeg leg = streaming();
        for (int i = 0; i < 100; i++) {
            scene.carrier.toChange.add(BROKEN);
        }
        leg.hangUp(HangupCause.BUSY);
        scene.lets(Duration.ofSeconds(1));
        leg.report(CallStatus.COMPLETED, -1, 0, MarkupScene.CALL);
        scene.loop.settle();

        assertEquals(new LegEvent.Ended(HangupCause.BUSY), scene.events.getLast());
        int asked = scene.carrier.asked.size();
        scene.lets(Duration.ofMinutes(1));
        assertEquals(asked, scene.carrier.asked.size());
    }

    @Test
    void who_is_abandoned_is_still_ended_with_the_socket_open_until_then() {
        ArrivedLeg leg = streaming();
        scene.carrier.toChange.add(BROKEN);
        leg.hangUp(HangupCause.NORMAL);
        leg.abandon();
        scene.loop.settle();
        assertEquals(List.of(new LegEvent.Answered(), ENDED), scene.events);
        assertFalse(socket.closed);

        scene.lets(Duration.ofSeconds(1));

        assertEquals(List.of("complete", "complete"), scene.carrier.asked);
        assertTrue(socket.closed);
        assertEquals(2, scene.events.size());
    }

    @Test
    void who_is_left_goes_to_the_room_by_the_closing_of_the_socket() {
        ArrivedLeg leg = streaming();
        leg.leave();
        scene.lets(Duration.ofMinutes(1));

        assertTrue(socket.closed);
        assertEquals(List.of(), scene.carrier.asked);
        assertEquals(List.of(new LegEvent.Answered(), ENDED), scene.events);
    }

    @Test
    void a_stream_that_broke_off_is_asked_for_until_it_is_there() {
        ArrivedLeg leg = scene.arrived();
        leg.admit();
        MediaStream stream = scene.starts(leg, socket);
        scene.carrier.toChange.add(BROKEN);
        stream.closed();
        scene.lets(Duration.ofSeconds(1));
        assertEquals(2, scene.carrier.asked.size());

        // The socket that was asked for does not come.
        scene.lets(Duration.ofSeconds(15));
        assertEquals(3, scene.carrier.asked.size());
        assertTrue(scene.carrier.asked.getLast().startsWith("stream "));
        scene.starts(leg, new RecordingSocket());
        scene.lets(Duration.ofMinutes(1));

        assertEquals(3, scene.carrier.asked.size());
        assertEquals(
                List.of(
                        new LegEvent.Answered(),
                        new LegEvent.MediaLost("socket_closed"),
                        new LegEvent.MediaBack()),
                scene.events);
        assertEquals(1, scene.meters.streamsRestored().count());
    }

    @Test
    void who_hung_up_while_the_stream_broke_off_is_gone() {
        ArrivedLeg leg = scene.arrived();
        leg.admit();
        MediaStream stream = scene.starts(leg, socket);
        scene.carrier.toChange.add(NOT_IN_PROGRESS);
        stream.closed();
        scene.loop.settle();

        assertEquals(
                List.of(new LegEvent.Answered(), new LegEvent.MediaLost("socket_closed"), ENDED),
                scene.events);
    }

    @Test
    void a_caller_whose_stream_never_starts_is_asked_for_it() {
        ArrivedLeg leg = scene.arrived();
        leg.admit();
        scene.carrier.toChange.add(GONE);
        scene.lets(scene.carrier.firstStartLimit().plusMillis(1));

        assertEquals(
                List.of(new LegEvent.Answered(), new LegEvent.MediaLost("no_start"), ENDED),
                scene.events);
        assertEquals(0, scene.account.legs());
    }

    /// Its first stream starts when another was asked for already, which ends it.
    private MediaStream late(ArrivedLeg leg) {
        leg.admit();
        scene.lets(scene.carrier.firstStartLimit().plusMillis(1));
        assertEquals(1, scene.carrier.asked.size());
        return scene.starts(leg, socket);
    }

    private String askedToken() {
        String asked = scene.carrier.asked.getLast();
        return asked.substring("stream ".length(), asked.indexOf(", "));
    }

    @Test
    void a_stream_that_comes_late_and_is_replaced_is_no_hangup() {
        ArrivedLeg leg = scene.arrived();
        MediaStream late = late(leg);
        leg.closed(late, true);
        MediaStream asked = scene.starts(leg, new RecordingSocket(), askedToken());
        scene.lets(Duration.ofMinutes(1));

        assertEquals(1, scene.carrier.asked.size());
        assertEquals(
                List.of(
                        new LegEvent.Answered(),
                        new LegEvent.MediaLost("no_start"),
                        new LegEvent.MediaBack(),
                        new LegEvent.MediaLost("replaced"),
                        new LegEvent.MediaBack()),
                scene.events);
        leg.closed(asked, true);
        scene.loop.settle();
        assertEquals(ENDED, scene.events.getLast());
    }

    @ParameterizedTest
    @MethodSource("notTaken")
    void who_hangs_up_after_a_stream_was_asked_for_in_vain_is_gone_at_once(RestAnswer notTaken) {
        ArrivedLeg leg = scene.arrived();
        scene.carrier.toChange.add(notTaken);
        MediaStream bySecondDocument = late(leg);
        leg.closed(bySecondDocument, true);
        scene.loop.settle();

        assertEquals(ENDED, scene.events.getLast());
        assertEquals(0, scene.account.legs());
    }

    static List<RestAnswer> notTaken() {
        return List.of(
                new RestAnswer.Unsent("ConnectException"),
                ScriptedDialect.refused(Reason.TOO_MANY),
                ScriptedDialect.refused(Reason.OTHER));
    }

    @Test
    void
            who_hangs_up_while_their_stream_is_being_replaced_is_gone_as_soon_as_the_carrier_says_so() {
        ArrivedLeg leg = scene.arrived();
        MediaStream late = late(leg);
        scene.carrier.toChange.add(GONE);
        leg.closed(late, true);
        scene.lets(Duration.ofSeconds(4));

        assertEquals(ENDED, scene.events.getLast());
        assertEquals(0, scene.account.legs());
    }

    @Test
    void a_call_that_waits_is_taken_when_it_is_answered_and_only_then() {
        ArrivedLeg leg = scene.arrived();
        scene.loop.settle();
        assertFalse(leg.decision().isComplete());
        leg.answer();
        leg.answer();

        assertInstanceOf(Decision.Document.class, leg.decision().result());
        ArrivedLeg refused = scene.arrived();
        refused.hangUp(HangupCause.BUSY);
        refused.answer();
        assertEquals(new Decision.Document("reject BUSY"), refused.decision().result());
    }

    @Test
    void nothing_is_known_of_a_leg_that_is_over() {
        ArrivedLeg leg = streaming();
        leg.report(CallStatus.COMPLETED, -1, 0, MarkupScene.CALL);
        leg.hangUp(HangupCause.BUSY);
        leg.leave();
        leg.abandon();
        scene.loop.settle();

        assertEquals(List.of(new LegEvent.Answered(), ENDED), scene.events);
        assertTrue(scene.account.byId(MarkupScene.CALL).isEmpty());
    }

    @Test
    void of_two_that_lost_their_streams_one_is_asked_for_and_the_other_follows_by_itself() {
        ArrivedLeg leg = scene.arrived();
        leg.admit();
        MediaStream callers = scene.starts(leg, socket);
        String other = "call-2";
        var second =
                new ArrivedLeg(
                        MarkupScene.context(Party.DESTINATION, scene.loop), scene.account, other);
        second.admit();
        MediaStream destinations = scene.starts(second, new RecordingSocket());
        callers.closed();
        destinations.closed();
        scene.lets(Duration.ofSeconds(2));
        assertEquals(1, scene.carrier.asked.size());

        scene.starts(leg, new RecordingSocket());
        scene.starts(second, new RecordingSocket());
        scene.lets(Duration.ofMinutes(1));

        assertEquals(1, scene.carrier.asked.size());
        assertEquals(2, scene.meters.streamsRestored().count());
    }

    @Test
    void of_two_that_lost_their_streams_the_second_is_asked_for_when_it_does_not_follow() {
        ArrivedLeg leg = scene.arrived();
        leg.admit();
        MediaStream callers = scene.starts(leg, socket);
        var second =
                new ArrivedLeg(
                        MarkupScene.context(Party.DESTINATION, scene.loop),
                        scene.account,
                        "call-2");
        second.admit();
        MediaStream destinations = scene.starts(second, new RecordingSocket());
        callers.closed();
        destinations.closed();
        scene.starts(leg, new RecordingSocket());
        scene.lets(Duration.ofSeconds(6));

        assertEquals(2, scene.carrier.asked.size());
    }
}
