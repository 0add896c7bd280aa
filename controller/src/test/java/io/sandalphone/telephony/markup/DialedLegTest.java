package io.sandalphone.telephony.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.SipAddress;
import io.sandalphone.telephony.markup.RestAnswer.Reason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class DialedLegTest {
    private static final RestAnswer TOO_MANY = ScriptedDialect.refused(Reason.TOO_MANY);
    private static final RestAnswer NOT_IN_PROGRESS = ScriptedDialect.refused(Reason.OTHER_STATE);
    private static final RestAnswer TIMED_OUT = new RestAnswer.Unknown("time-out");
    private static final RestAnswer UNSENT = new RestAnswer.Unsent("ConnectException");

    private final MarkupScene scene = new MarkupScene();

    @Test
    void who_is_rung_for_somebody_at_another_carrier_is_led_into_no_room() {
        var leg =
                new DialedLeg(
                        MarkupScene.context(Party.DESTINATION, scene.loop)
                                .withPartnerAt(Optional.of("client")),
                        scene.account,
                        MarkupScene.dial(),
                        "key");
        leg.begin();
        scene.lets(Duration.ZERO);

        assertTrue(scene.carrier.begun.getFirst().document().endsWith(", farewell"));
    }

    @Test
    void who_is_rung_for_somebody_at_a_carrier_with_a_way_back_calls_the_room_there() {
        scene.waysBack = _ -> Optional.of(SipAddress.parse("sip:gw.example.org"));
        var leg =
                new DialedLeg(
                        MarkupScene.context(Party.DESTINATION, scene.loop)
                                .withPartnerAt(Optional.of("voipms")),
                        scene.account,
                        MarkupScene.dial(),
                        "key");
        leg.begin();
        scene.lets(Duration.ZERO);

        assertTrue(
                scene.carrier
                        .begun
                        .getFirst()
                        .document()
                        .endsWith(", calls sip:a-room@gw.example.org"));
    }

    @Test
    void a_call_is_begun_with_the_document_of_its_stream_and_where_to_report() {
        scene.dialed();

        NewCall call = scene.carrier.begun.getFirst();
        assertEquals(MarkupScene.dial(), call.dial());
        assertEquals("https://gw.example.org/scripted/status?leg=key", call.statusUrl());
        assertEquals("https://gw.example.org/scripted/machine", call.machineUrl());
        assertTrue(
                call.document().matches("stream [\\w-]{27}, room a-room, stream [\\w-]{27}"),
                call.document());
    }

    @Test
    void a_call_that_has_no_name_yet_is_known_by_its_first_report() {
        scene.carrier.toBegin.add(new RestAnswer.Done(Optional.empty()));
        DialedLeg leg = scene.dialed();
        assertEquals(0, scene.meters.createUncertain().count());
        leg.report(CallStatus.RINGING, 1, 0, MarkupScene.CALL);

        leg.hangUp(HangupCause.NORMAL);
        scene.loop.settle();

        assertEquals(List.of("cancel"), scene.carrier.asked);
    }

    @Test
    void the_second_call_of_a_second_waits_for_its_turn() {
        scene.dialed();
        scene.dialed();
        assertEquals(1, scene.carrier.begun.size());

        scene.lets(Duration.ofSeconds(1));

        assertEquals(2, scene.carrier.begun.size());
    }

    @Test
    void a_leg_rings_and_is_answered_when_its_stream_starts() {
        DialedLeg leg = scene.dialed();
        leg.report(CallStatus.INITIATED, 0, 0, MarkupScene.CALL);
        leg.report(CallStatus.RINGING, 1, 0, MarkupScene.CALL);
        leg.report(CallStatus.IN_PROGRESS, 2, 0, MarkupScene.CALL);
        scene.loop.settle();
        assertEquals(List.of(new LegEvent.Ringing()), scene.events);

        scene.starts(leg, new RecordingSocket());

        assertEquals(List.of(new LegEvent.Ringing(), new LegEvent.Answered()), scene.events);
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY,      486, BUSY",
        "BUSY,      603, REJECTED",
        "NO_ANSWER, 480, NO_ANSWER",
        "CANCELED,  487, NORMAL",
        "COMPLETED, 200, NORMAL",
        "FAILED,    404, UNALLOCATED",
        "FAILED,    503, CONGESTION",
        "FAILED,    500, FAILURE",
    })
    void what_is_reported_of_its_end_is_why_it_ended(
            CallStatus status, int sip, HangupCause cause) {
        DialedLeg leg = scene.dialed();

        leg.report(status, 2, sip, MarkupScene.CALL);
        scene.loop.settle();

        assertEquals(List.of(new LegEvent.Ended(cause)), scene.events);
        assertEquals(0, scene.account.legs());
    }

    @Test
    void reports_may_come_in_any_order() {
        DialedLeg leg = scene.dialed();
        leg.report(CallStatus.NO_ANSWER, 3, 0, MarkupScene.CALL);
        leg.report(CallStatus.RINGING, 1, 0, MarkupScene.CALL);
        leg.report(CallStatus.INITIATED, 0, 0, MarkupScene.CALL);
        leg.report(CallStatus.COMPLETED, 4, 0, MarkupScene.CALL);
        scene.loop.settle();

        assertEquals(List.of(new LegEvent.Ended(HangupCause.NO_ANSWER)), scene.events);
        assertEquals(3, scene.meters.statusOld().count());
    }

    @Test
    void too_many_requests_are_made_again_after_a_pause() {
        scene.carrier.toBegin.add(TOO_MANY);
        scene.carrier.toBegin.add(UNSENT);
        scene.dialed();
        assertEquals(1, scene.carrier.begun.size());

        scene.lets(Duration.ofSeconds(2));

        assertEquals(3, scene.carrier.begun.size());
        assertEquals(2, scene.meters.createRepeated().count());
        assertEquals(List.of(), scene.events);
    }

    @Test
    void an_account_that_may_never_begin_a_call_gives_up() {
        for (int i = 0; i < 10; i++) {
            scene.carrier.toBegin.add(TOO_MANY);
        }
        scene.dialed();

        scene.lets(Duration.ofSeconds(20));

        assertEquals(4, scene.carrier.begun.size());
        assertEquals(List.of(new LegEvent.Ended(HangupCause.CONGESTION)), scene.events);
    }

    @Test
    void a_request_whose_end_is_not_known_is_never_made_again() {
        scene.carrier.toBegin.add(TIMED_OUT);
        DialedLeg leg = scene.dialed();
        scene.lets(Duration.ofSeconds(5));
        leg.report(CallStatus.RINGING, 1, 0, MarkupScene.CALL);
        scene.lets(Duration.ofSeconds(10));
        scene.starts(leg, new RecordingSocket());

        assertEquals(1, scene.carrier.begun.size());
        assertEquals(1, scene.meters.createUncertain().count());
        assertEquals(List.of(new LegEvent.Ringing(), new LegEvent.Answered()), scene.events);
    }

    @Test
    void a_call_of_which_nothing_is_heard_is_given_up_and_ended_should_it_appear() {
        scene.carrier.toBegin.add(TIMED_OUT);
        DialedLeg leg = scene.dialed();
        scene.lets(Duration.ofSeconds(11));
        assertEquals(List.of(new LegEvent.Ended(HangupCause.FAILURE)), scene.events);

        assertTrue(scene.account.byKey("key").isPresent());
        leg.report(CallStatus.RINGING, 1, 0, MarkupScene.CALL);
        scene.loop.settle();

        assertEquals(List.of("cancel"), scene.carrier.asked);
        assertTrue(scene.account.byKey("key").isEmpty());
    }

    @Test
    void a_call_of_which_nothing_is_ever_heard_is_forgotten() {
        scene.carrier.toBegin.add(TIMED_OUT);
        scene.dialed();

        scene.lets(Duration.ofMinutes(2));

        assertTrue(scene.account.byKey("key").isEmpty());
        assertEquals(0, scene.account.legs());
    }

    @Test
    void a_number_that_the_carrier_does_not_know_is_nobodys() {
        scene.carrier.toBegin.add(ScriptedDialect.refused(Reason.OTHER, HangupCause.UNALLOCATED));
        scene.dialed();

        assertEquals(List.of(new LegEvent.Ended(HangupCause.UNALLOCATED)), scene.events);
    }

    @Test
    void refused_credentials_are_told_to_operators_until_they_are_accepted() {
        scene.carrier.toBegin.add(ScriptedDialect.refused(Reason.CREDENTIALS));
        scene.dialed();
        assertTrue(scene.account.unavailableReason().isPresent());

        scene.dialed();
        scene.lets(Duration.ofSeconds(1));

        assertTrue(scene.account.unavailableReason().isEmpty());
    }

    @Test
    void who_hangs_up_while_it_rings_cancels_the_call() {
        DialedLeg leg = scene.dialed();
        leg.report(CallStatus.RINGING, 1, 0, MarkupScene.CALL);

        leg.hangUp(HangupCause.NORMAL);
        scene.loop.settle();

        assertEquals(List.of("cancel"), scene.carrier.asked);
        assertEquals(
                List.of(new LegEvent.Ringing(), new LegEvent.Ended(HangupCause.NORMAL)),
                scene.events);
    }

    @Test
    void a_call_that_was_answered_while_it_was_cancelled_is_completed() {
        DialedLeg leg = scene.dialed();
        scene.carrier.toChange.add(NOT_IN_PROGRESS);

        leg.hangUp(HangupCause.NORMAL);
        scene.loop.settle();

        assertEquals(List.of("cancel", "complete"), scene.carrier.asked);
    }

    @Test
    void who_hangs_up_before_the_turn_came_asks_for_nothing() {
        scene.dialed();
        DialedLeg second = scene.dialed();

        second.hangUp(HangupCause.NORMAL);
        scene.lets(Duration.ofSeconds(5));

        assertEquals(1, scene.carrier.begun.size());
        assertEquals(List.of(new LegEvent.Ended(HangupCause.NORMAL)), scene.events);
    }

    @Test
    void a_call_that_is_begun_after_the_hang_up_is_ended() {
        var leg =
                new DialedLeg(
                        MarkupScene.context(Party.DESTINATION, scene.loop),
                        scene.account,
                        MarkupScene.dial(),
                        "key");
        leg.listen(scene.events::add);
        leg.begin();
        scene.loop.execute(() -> leg.hangUp(HangupCause.NORMAL));
        scene.lets(Duration.ofSeconds(1));

        assertEquals(List.of(), scene.carrier.begun.isEmpty() ? List.of() : scene.carrier.asked);
        assertEquals(List.of(new LegEvent.Ended(HangupCause.NORMAL)), scene.events);
    }

    @Test
    void it_does_not_ring_longer_than_it_may_whatever_the_carrier_does() {
        scene.dialed();

        scene.lets(Duration.ofSeconds(41));

        assertEquals(List.of("cancel"), scene.carrier.asked);
        assertEquals(List.of(new LegEvent.Ended(HangupCause.NO_ANSWER)), scene.events);
    }

    @Test
    void a_party_who_answered_and_has_no_stream_is_asked_for_again() {
        DialedLeg leg = scene.dialed();
        leg.report(CallStatus.IN_PROGRESS, 2, 0, MarkupScene.CALL);
        scene.lets(Duration.ofSeconds(10));
        assertEquals(
                List.of(new LegEvent.Answered(), new LegEvent.MediaLost("no_start")), scene.events);
        assertTrue(scene.carrier.asked.getFirst().startsWith("stream "));

        scene.starts(leg, new RecordingSocket());

        assertEquals(new LegEvent.MediaBack(), scene.events.getLast());
    }

    @Test
    void a_destination_that_is_left_before_its_call_is_known_is_not_ended_afterwards() {
        scene.carrier.toBegin.add(TIMED_OUT);
        DialedLeg leg = scene.dialed();
        leg.leave();
        leg.report(CallStatus.RINGING, 1, 0, MarkupScene.CALL);
        scene.lets(Duration.ofMinutes(2));

        assertEquals(List.of(), scene.carrier.asked);
        assertEquals(List.of(new LegEvent.Ended(HangupCause.NORMAL)), scene.events);
    }
}
