package io.sandalphone.harness.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;

import io.sandalphone.harness.carrier.CarrierFault;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.carrier.StreamEnd;
import io.sandalphone.harness.carrier.TestGateway;
import io.sandalphone.harness.carrier.TestGateway.Session;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// What goes wrong on demand on the simulated Twilio's streams.
class StreamFaultsTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NUMBER = "+15550100";

    private SimulatedTwilio twilio;
    private TestGateway gateway;
    private Phone caller;
    private String url;

    @BeforeEach
    void start() {
        twilio = SimulatedTwilio.start(VERTX.get());
        gateway = TestGateway.start(VERTX.get());
        twilio.reach().plainly(gateway.origin());
        twilio.number(new IncomingNumber(NUMBER, gateway.origin() + "/voice"));
        url = "wss://" + gateway.origin().getAuthority() + "/m";
        gateway.document(
                "/voice",
                "<Connect><Stream url='%s'><Parameter name='tok' value='7'/></Stream></Connect><Pause/>"
                        .formatted(url));
        caller = twilio.phone("+15550199");
    }

    @AfterEach
    void stop() {
        twilio.close();
        gateway.close();
    }

    @Test
    void a_nested_stream_id_stands_in_each_body_and_nowhere_else() {
        twilio.faults().set(CarrierFault.NESTED_STREAM_ID);
        twilio.call(caller, NUMBER);
        Session session = gateway.session(0);
        JsonObject media = session.message("media", 0);

        String id = session.message("start", 0).getJsonObject("start").getString("streamSid");
        assertNull(session.message("start", 0).getString("streamSid"));
        assertNull(media.getString("streamSid"));
        assertEquals(id, media.getJsonObject("media").getString("streamSid"));
    }

    @Test
    void a_missing_stream_id_stands_in_start_alone() {
        twilio.faults().set(CarrierFault.MISSING_STREAM_ID);
        twilio.call(caller, NUMBER);
        JsonObject media = gateway.session(0).message("media", 0);

        assertFalse(gateway.session(0).message("start", 0).getString("streamSid").isEmpty());
        assertFalse(media.encode().contains("streamSid"));
    }

    @Test
    void a_replayed_token_comes_on_a_second_socket_and_its_end_is_told() {
        twilio.faults().strike(CarrierFault.REPLAYED_TOKEN, 1);
        SimulatedCall call = twilio.call(caller, NUMBER);

        JsonObject first = gateway.session(0).message("start", 0).getJsonObject("start");
        JsonObject second = gateway.session(1).message("start", 0).getJsonObject("start");
        assertEquals(
                first.getJsonObject("customParameters"), second.getJsonObject("customParameters"));
        assertEquals(call.id(), second.getString("callSid"));
        assertFalse(first.getString("streamSid").equals(second.getString("streamSid")));

        gateway.session(1).close();
        twilio.journal().await(PATIENCE, What.FAULT, "replayed stream ended: CLOSED");
        assertEquals(1, call.streams().size());
        assertNull(call.streams().getFirst().end());
    }

    @Test
    void late_marks_come_half_a_second_of_sound_after_they_were_reached() {
        twilio.faults().set(CarrierFault.LATE_MARKS);
        twilio.call(caller, NUMBER);
        Session session = gateway.session(0);
        String stream = session.message("start", 0).getString("streamSid");
        session.message("media", 0);

        long before = caller.recordings().getFirst().millis();
        session.send(
                new JsonObject()
                        .put("event", "mark")
                        .put("streamSid", stream)
                        .put("mark", new JsonObject().put("name", "m"))
                        .encode());
        session.message("mark", 0);

        long waited = caller.recordings().getFirst().millis() - before;
        assertTrue(waited >= 480, waited + " ms of sound before the mark");
    }

    @Test
    void a_stream_may_end_without_stop() {
        twilio.faults().set(CarrierFault.NO_STOP);
        twilio.call(caller, NUMBER);
        Session session = gateway.session(0);
        session.message("media", 0);

        caller.hangUp();

        Poll.until(PATIENCE, session::closed, "the socket closed");
        assertEquals(List.of(), session.messages("stop"));
    }

    @Test
    void a_socket_that_the_carrier_drops_ends_without_a_word_and_the_call_goes_on() {
        SimulatedCall call = twilio.call(caller, NUMBER);
        Session session = gateway.session(0);
        session.message("media", 0);

        call.dropSocket();

        Poll.until(PATIENCE, session::closed, "the socket broke off");
        twilio.journal().await(PATIENCE, What.VERB, "Pause");
        assertEquals(List.of(), session.messages("stop"));
        assertEquals(StreamEnd.BROKEN, call.streams().getFirst().end());
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG_SIGNATURE", "NO_SIGNATURE"})
    void webhooks_and_handshakes_may_be_forged(CarrierFault fault) {
        twilio.faults().set(fault);
        twilio.call(caller, NUMBER);

        var validator = new RequestValidator(twilio.account().authToken());
        TestGateway.Post post = gateway.post("/voice", 0);
        String signature = post.headers().getOrDefault("X-Twilio-Signature", "");
        assertFalse(validator.validate(gateway.origin() + "/voice", post.form(), signature));
        assertFalse(
                validator.validate(url, Map.of(), gateway.session(0).header("x-twilio-signature")));
        assertEquals(fault == CarrierFault.NO_SIGNATURE, signature.isEmpty());
    }

    @Test
    void oversized_and_malformed_messages_arrive_among_the_others() {
        twilio.faults().set(CarrierFault.OVERSIZED_MEDIA);
        twilio.faults().set(CarrierFault.MALFORMED_MEDIA);
        twilio.call(caller, NUMBER);
        Session session = gateway.session(0);
        Poll.until(PATIENCE, () -> session.texts().size() > 40, "forty messages");

        assertTrue(session.texts().contains("{\"event\":\"media\",\"media\":{\"payload\":"));
        assertTrue(
                session.messages("media").stream()
                        .map(each -> each.getJsonObject("media"))
                        .filter(each -> each != null && each.getValue("payload") instanceof String)
                        .map(each -> each.getString("payload"))
                        .filter(each -> !each.equals("***"))
                        .anyMatch(each -> Base64.getDecoder().decode(each).length == 250 * 160),
                "five seconds in one message");
    }

    @Test
    void a_law_is_announced_and_spoken() {
        twilio.faults().set(CarrierFault.A_LAW);
        twilio.call(caller, NUMBER);
        Session session = gateway.session(0);

        byte[] silence =
                Base64.getDecoder()
                        .decode(
                                session.message("media", 0)
                                        .getJsonObject("media")
                                        .getString("payload"));
        assertEquals((byte) 0xD5, silence[0]);
        assertEquals(
                "audio/x-alaw",
                session.message("start", 0)
                        .getJsonObject("start")
                        .getJsonObject("mediaFormat")
                        .getString("encoding"));
    }
}
