package io.sandalphone.harness.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The legs of a carrier against its simulation: two telephones, and what goes wrong between them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LegsContract<C extends SimulatedCarrier> {
    private final Vertx vertx = Vertx.vertx();
    protected static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration RING = Duration.ofSeconds(2);

    protected C carrier;
    protected BridgedGateway gateway;
    protected Phone caller;
    protected Phone destination;

    /// The simulation.
    protected abstract C simulated(Vertx vertx);

    /// The gateway's side of [#carrier].
    protected abstract BridgedGateway.Maker maker();

    /// The name of the carrier, as metrics have it.
    protected abstract String name();

    /// Other gateways' addresses at which the carrier may announce calls.
    protected abstract List<String> aliases();

    @BeforeEach
    void start() {
        carrier = simulated(vertx);
        gateway = opens();
        caller = carrier.phone("+12125550199");
        destination = carrier.phone(BridgedGateway.DESTINATION);
    }

    /// A gateway that the carrier reaches, by what [#maker] makes now.
    protected final BridgedGateway opens() {
        return new BridgedGateway(vertx, carrier, RING, maker());
    }

    private double count(String what) {
        return gateway.count(name() + "." + what);
    }

    @AfterEach
    void stop() {
        gateway.close();
        carrier.close();
    }

    @AfterAll
    void closeVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    protected final SimulatedCall calls() {
        return carrier.call(caller, BridgedGateway.NUMBER);
    }

    protected final SimulatedCall talking() {
        SimulatedCall call = calls();
        awaits(new ConnectionEvent.Answered(Party.DESTINATION));
        return call;
    }

    protected final void awaits(ConnectionEvent event) {
        Poll.until(
                PATIENCE,
                () -> gateway.events().contains(event),
                () -> event + "; there was " + gateway.events() + carrier.journal().all());
    }

    protected final void nobodyIsLeft() {
        Poll.until(
                PATIENCE,
                () -> carrier.liveCalls().isEmpty(),
                () -> "all calls over; there was " + carrier.journal().all());
        awaits(new ConnectionEvent.Released());
    }

    protected final void hears(Phone listener, ToneWord... words) {
        Poll.until(
                PATIENCE,
                () -> heard(listener).containsAll(List.of(words)),
                () ->
                        List.of(words)
                                + "; heard was "
                                + heard(listener)
                                + gateway.events()
                                + carrier.journal().all());
    }

    private static List<ToneWord> heard(Phone phone) {
        return phone.recordings().isEmpty()
                ? List.of()
                : ToneDetector.listen(phone.heard().pcm()).words();
    }

    protected final void bothHearEachOther() {
        caller.say(ToneSpeech.USUAL.render(ToneWord.W1));
        destination.say(ToneSpeech.USUAL.render(ToneWord.W2));
        hears(destination, ToneWord.W1);
        hears(caller, ToneWord.W2);
    }

    protected final SimulatedCall second() {
        return carrier.calls().get(1);
    }

    @ParameterizedTest
    @MethodSource("aliases")
    void two_people_talk_whose_number_was_set_up_for_another_gateway(String path) {
        carrier.number(new IncomingNumber(BridgedGateway.NUMBER, "https://gw.example.org" + path));
        talking();
        bothHearEachOther();
        caller.hangUp();
        nobodyIsLeft();
        assertEquals(List.of(), carrier.journal().problems());
    }

    @ParameterizedTest
    @MethodSource("aliases")
    void nobody_calls_there_whose_signature_is_wrong(String path) {
        carrier.number(new IncomingNumber(BridgedGateway.NUMBER, "https://gw.example.org" + path));
        carrier.faults().set(CarrierFault.WRONG_SIGNATURE);
        calls();
        Poll.until(
                PATIENCE, () -> carrier.liveCalls().isEmpty(), () -> "" + carrier.journal().all());
        assertEquals(List.of(), gateway.events());
        assertTrue(gateway.count(name() + ".refused", "signature_wrong") > 0);
    }

    @Test
    void two_people_talk_and_nothing_is_amiss_for_the_carrier() {
        SimulatedCall call = talking();
        bothHearEachOther();
        Poll.until(PATIENCE, () -> count("answered.by") == 1, "the carrier said who answered");
        caller.hangUp();
        nobodyIsLeft();

        assertEquals(List.of(), carrier.journal().problems());
        assertEquals(CallStatus.COMPLETED, second().status());
        for (SimulatedCall each : List.of(call, second())) {
            assertEquals(0, each.streams().getFirst().invalid());
        }
    }

    @Test
    void who_is_hung_up_on_by_the_other_side_is_released_though_rest_fails_twice() {
        SimulatedCall call = talking();
        carrier.faults().strike(CarrierFault.FAILS_BEFORE, 2);
        destination.hangUp();
        nobodyIsLeft();

        assertEquals(2, count("update.repeated"));
        assertEquals(StreamEnd.STOPPED, call.streams().getFirst().end());
    }

    @Test
    void a_message_of_five_seconds_of_sound_costs_nobody_the_call() {
        talking();
        carrier.faults().set(CarrierFault.OVERSIZED_MEDIA);
        caller.say(ToneSpeech.USUAL.render(ToneWord.W3));
        hears(destination, ToneWord.W3);
        carrier.faults().clear();
        bothHearEachOther();
        destination.hangUp();
        nobodyIsLeft();
    }

    @ParameterizedTest
    @EnumSource(
            value = CarrierFault.class,
            names = {
                "LATE_MEDIA",
                "BURSTY_MEDIA",
                "REORDERED_MEDIA",
                "MALFORMED_MEDIA",
                "NESTED_STREAM_ID",
                "MISSING_STREAM_ID",
                "A_LAW",
                "REPLAYED_TOKEN",
                "LATE_MARKS",
                "NO_STOP",
                "REORDERED_CALLBACKS",
                "DUPLICATED_CALLBACKS",
                "LOST_CALLBACKS"
            })
    void two_people_talk_whatever_their_carrier_does(CarrierFault fault) {
        carrier.faults().set(fault);
        talking();
        bothHearEachOther();
        destination.hangUp();
        nobodyIsLeft();
    }

    @Test
    void a_second_socket_for_one_token_is_closed_and_counted() {
        carrier.faults().set(CarrierFault.REPLAYED_TOKEN);
        talking();

        Poll.until(
                PATIENCE,
                () -> gateway.count("stream.refused") == 2,
                "two replays that were refused");
    }

    @ParameterizedTest
    @EnumSource(
            value = CarrierFault.class,
            mode = Mode.INCLUDE,
            names = {"RATE_LIMITED", "FAILS_AFTER", "BREAKS_OFF_AFTER"})
    void the_destination_rings_once_whatever_the_request_for_it_comes_to(CarrierFault fault) {
        carrier.faults().strike(fault, 1);
        talking();
        bothHearEachOther();

        assertEquals(2, carrier.calls().size());
        caller.hangUp();
        nobodyIsLeft();
    }

    @Test
    void a_request_that_failed_is_not_made_again() {
        carrier.faults().strike(CarrierFault.FAILS_BEFORE, 1);
        calls();
        awaits(new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.FAILURE));
        nobodyIsLeft();

        assertEquals(1, carrier.calls().size());
    }

    @Test
    void the_caller_hears_ringing_until_the_destination_declines() {
        destination.answers(new Answering.NoAnswer());
        calls();
        awaits(new ConnectionEvent.Ringing(Party.DESTINATION));
        awaits(new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.NO_ANSWER));
        nobodyIsLeft();

        short[] heard = caller.heard().pcm();
        int loud = 0;
        for (short sample : heard) {
            loud += Math.abs(sample) > 500 ? 1 : 0;
        }
        assertTrue(loud > 4000, "only " + loud + " samples of a tone");
    }

    @Test
    void a_busy_an_unwilling_and_an_unknown_destination_are_told_apart() {
        destination.answers(new Answering.Busy());
        calls();
        awaits(new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.BUSY));
        nobodyIsLeft();

        destination.answers(new Answering.Declines());
        calls();
        awaits(new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.REJECTED));
        nobodyIsLeft();

        destination.answers(new Answering.Unreachable());
        calls();
        awaits(new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.UNALLOCATED));
        nobodyIsLeft();
    }

    @Test
    void a_caller_who_gives_up_cancels_the_ringing() {
        destination.answers(new Answering.NoAnswer());
        calls();
        awaits(new ConnectionEvent.Ringing(Party.DESTINATION));
        caller.hangUp();
        nobodyIsLeft();

        assertEquals(CallStatus.CANCELED, second().status());
    }

    @Test
    void a_stream_that_breaks_off_comes_back_and_the_people_hear_each_other_again() {
        SimulatedCall call = talking();
        call.dropSocket();
        Poll.until(
                PATIENCE,
                () -> call.streams().size() == 2 && count("streams.restored") == 1,
                () -> "another stream; there was " + carrier.journal().all());
        bothHearEachOther();
        destination.hangUp();
        nobodyIsLeft();
    }

    @Test
    void both_come_back_when_both_streams_break_off_at_once() {
        SimulatedCall call = talking();
        call.dropSocket();
        second().dropSocket();
        Poll.until(
                PATIENCE,
                () -> count("streams.restored") == 2,
                () -> "two streams more; there was " + gateway.events() + carrier.journal().all());
        bothHearEachOther();
        assertEquals(2, carrier.liveCalls().size());
        destination.hangUp();
        nobodyIsLeft();
    }

    @Test
    void who_are_left_talk_on_in_a_room_of_their_own() {
        SimulatedCall call = talking();
        gateway.leave();
        Poll.until(
                PATIENCE,
                () -> call.room().isPresent() && call.room().equals(second().room()),
                () -> "one room; there was " + carrier.journal().all());
        bothHearEachOther();
        assertEquals(new ConnectionEvent.Released(), gateway.events().getLast());
        caller.hangUp();
        nobodyIsLeft();
    }

    @Test
    void the_two_talk_on_in_a_room_when_the_gateway_dies() {
        SimulatedCall call = talking();
        gateway.die();
        Poll.until(
                PATIENCE,
                () -> call.room().isPresent() && call.room().equals(second().room()),
                () -> "one room; there was " + carrier.journal().all());
        bothHearEachOther();
    }

    @ParameterizedTest
    @EnumSource(
            value = CarrierFault.class,
            names = {"WRONG_SIGNATURE", "NO_SIGNATURE"})
    void nobody_calls_who_is_not_signed(CarrierFault fault) {
        carrier.faults().set(fault);
        calls();
        Poll.until(
                PATIENCE, () -> carrier.liveCalls().isEmpty(), () -> "" + carrier.journal().all());

        assertEquals(List.of(), gateway.events());
        assertTrue(count("refused") > 0);
    }
}
