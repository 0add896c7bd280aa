package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.carrier.CarrierFault;
import io.sandalphone.harness.carrier.Happening;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.carrier.SimulatedCarrier;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Two people at one carrier of media streams whose gateway ends while they talk, and the gateway after it, which fetches them back
/// from their room.
class RejoinedCallTest {
    private static final String DRAIN_FOR_LONG = "shutdown: {drain-timeout: 5m}";
    private static final ToneSpeech WORD = ToneSpeech.USUAL;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;

    private PairLab lab(Pair pair) throws Exception {
        return PairLab.open(
                pair,
                Optional.empty(),
                ControllerSettings.tones()
                        .with("journal: {file: \"%s\"}".formatted(journal()))
                        .with(DRAIN_FOR_LONG),
                ControllerProgram.QUICK);
    }

    private static SimulatedCarrier carrier(JoinedPair call) {
        return ((CarrierPhones.Side) call.caller()).carrier();
    }

    private static Optional<JsonNode> session(PairLab lab, JoinedPair call) {
        for (JsonNode each : lab.gateway().sessions()) {
            if (each.path("id").asText().equals(call.id())) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static void awaitInterpreted(PairLab lab, JoinedPair call) {
        Poll.until(
                Scenarios.SOON,
                () ->
                        session(lab, call)
                                .filter(each -> each.path("audio_attached").asBoolean())
                                .isPresent(),
                () ->
                        "interpreted again: %s%n%s%n%s%n%s"
                                .formatted(
                                        lab.gateway().sessions(),
                                        call.caller().history(),
                                        call.destination().history(),
                                        lab.gateway().log()));
    }

    /// Each says a word, and the other one hears it in their language.
    private static void assertInterpreted(JoinedPair call, long sinceNanos) {
        call.caller().say(WORD.render(ToneWord.W3));
        call.destination().say(WORD.render(ToneWord.V5));
        Scenarios.awaitHeard(call.destination(), sinceNanos, ToneWord.V3);
        Scenarios.awaitHeard(call.caller(), sinceNanos, ToneWord.W5);
    }

    /// Until the gateway has written down that they talk.
    private void awaitWritten(JoinedPair call) {
        Poll.until(Scenarios.SOON, () -> isWritten(call), () -> "written down: " + call.id());
    }

    private boolean isWritten(JoinedPair call) {
        try {
            for (JsonNode each : JSON.readTree(journal().toFile()).path("calls")) {
                if (each.path("id").asText().equals(call.id())) {
                    return each.path("talking_since").asLong() > 0;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path journal() {
        return folder.resolve("calls");
    }

    private static void awaitRoom(PairPhone phone) {
        Poll.until(
                Scenarios.SOON,
                () -> !Scenarios.roomsOf(phone).isEmpty(),
                () -> "in the room: " + phone.history());
    }

    private static long documentsGiven(JoinedPair call, long sinceNanos) {
        return carrier(call).journal().of(What.REST).stream()
                .filter(each -> each.nanos() > sinceNanos)
                .map(Happening::detail)
                .filter(each -> each.startsWith("POST "))
                .count();
    }

    private void goOn(PairLab lab, JoinedPair call) {
        long again = System.nanoTime();
        lab.restart();
        awaitInterpreted(lab, call);
        JsonNode session = session(lab, call).orElseThrow();
        assertEquals("talking", session.path("state").asText());
        assertInterpreted(call, again);
        assertEquals(2, documentsGiven(call, again), "each is fetched once");
        assertEquals(1, lab.gateway().metric("sandalphone_calls_adopted_total"));
        assertTrue(lab.gateway().log().contains("call adopted"));
    }

    private static void hangUp(PairLab lab, PairPhone leaver, PairPhone left) {
        leaver.hangUp();
        left.awaitEnded(Scenarios.SOON);
        lab.awaitNobodyLeft(Scenarios.SOON);
        lab.gateway().awaitIdle(Scenarios.SOON);
        assertEquals(
                List.of(),
                lab.problems().stream()
                        // A socket breaks off when its gateway dies, and the last one in a room
                        // finds none.
                        .filter(each -> !each.contains(What.STREAM_ENDED.name()))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = Pair.class,
            names = {"TWILIO_TWILIO", "TELNYX_TELNYX"})
    void they_are_fetched_back_after_a_crash_and_after_the_next_one(Pair pair) throws Exception {
        try (PairLab lab = lab(pair);
                JoinedPair call = lab.join(1, Scenarios.SOON)) {
            assertInterpreted(call, call.sinceNanos());
            for (int i = 0; i < 2; i++) {
                awaitWritten(call);
                long killed = System.nanoTime();
                lab.gateway().kill();
                Scenarios.bothHear(
                        call.caller(), call.destination(), killed, ToneWord.W2, ToneWord.V4);
                goOn(lab, call);
            }
            hangUp(lab, call.caller(), call.destination());
        }
    }

    @Test
    void an_update_does_not_wait_for_them_and_the_next_gateway_has_them() throws Exception {
        try (PairLab lab = lab(Pair.TELNYX_TELNYX);
                JoinedPair call = lab.join(1, Scenarios.SOON)) {
            assertEquals(0, lab.gateway().stop());
            goOn(lab, call);
            hangUp(lab, call.destination(), call.caller());
        }
    }

    @Test
    void a_carrier_that_gives_nobody_back_leaves_them_in_their_room() throws Exception {
        try (PairLab lab = lab(Pair.TWILIO_TWILIO);
                JoinedPair call = lab.join(1, Scenarios.SOON)) {
            awaitWritten(call);
            lab.gateway().kill();
            carrier(call).faults().strike(CarrierFault.FAILS_BEFORE, 2);
            long again = System.nanoTime();
            lab.restart();
            Poll.until(
                    Scenarios.SOON,
                    () -> lab.gateway().log().contains("call left to talk untranslated"),
                    () -> "left: " + lab.gateway().log());
            lab.gateway().awaitIdle(Scenarios.SOON);
            Scenarios.bothHear(call.caller(), call.destination(), again, ToneWord.W2, ToneWord.V4);
            assertEquals(
                    1,
                    lab.gateway().metric("sandalphone_calls_left_total{reason=\"carrier\"}"),
                    () -> lab.gateway().get("/metrics").body());
            hangUp(lab, call.caller(), call.destination());
        }
    }

    @Test
    void where_one_request_fails_the_other_one_brings_both_back() throws Exception {
        try (PairLab lab = lab(Pair.TWILIO_TWILIO);
                JoinedPair call = lab.join(1, Scenarios.SOON)) {
            awaitWritten(call);
            lab.gateway().kill();
            carrier(call).faults().strike(CarrierFault.FAILS_BEFORE, 1);
            long again = System.nanoTime();
            lab.restart();
            awaitInterpreted(lab, call);
            assertInterpreted(call, again);
            hangUp(lab, call.caller(), call.destination());
        }
    }

    @Test
    void a_call_that_ended_meanwhile_is_forgotten_and_nobody_is_asked_for() throws Exception {
        try (PairLab lab = lab(Pair.TELNYX_TELNYX);
                JoinedPair call = lab.join(1, Scenarios.SOON)) {
            awaitWritten(call);
            lab.gateway().kill();
            awaitRoom(call.caller());
            awaitRoom(call.destination());
            call.caller().hangUp();
            call.destination().awaitEnded(Scenarios.SOON);
            long again = System.nanoTime();
            lab.restart();
            Poll.until(
                    Scenarios.SOON,
                    () -> lab.gateway().log().contains("call ended while no gateway was there"),
                    () -> "forgotten: " + lab.gateway().log());
            assertEquals(0, documentsGiven(call, again));
            assertTrue(lab.gateway().sessions().isEmpty());
        }
    }

    @Test
    void whoever_is_alone_in_the_room_is_released() throws Exception {
        try (PairLab lab = lab(Pair.TWILIO_TWILIO);
                JoinedPair call = lab.join(1, Scenarios.SOON)) {
            awaitWritten(call);
            // So that nobody ends the destination's call.
            lab.gateway().freeze();
            call.caller().hangUp();
            lab.gateway().kill();
            awaitRoom(call.destination());
            lab.restart();
            call.destination().awaitEnded(Scenarios.SOON);
            lab.awaitNobodyLeft(Scenarios.SOON);
        }
    }
}
