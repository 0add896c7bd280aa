package io.sandalphone.telephony.telnyx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.stream.FormParameters;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

/// What Telnyx asks by HTTP, over real connections.
class TelnyxWebhooksTest extends TelnyxWire {
    private static final String VOICE = "/telnyx/voice";

    private Answer asks(Map<String, String> headers) throws Exception {
        return post(VOICE, call().encoded(), headers);
    }

    private double refused(String reason) {
        return count("telnyx.refused", "reason", reason);
    }

    @Test
    void a_call_that_arrives_is_handed_up_and_answered_with_its_stream_and_its_room()
            throws Exception {
        Answer answer = post(VOICE, call());

        assertEquals(200, answer.status());
        String stream =
                "<Connect><Stream url=\"wss://gw.example.org/media-stream/[\\w-]{27}\""
                        + " bidirectionalMode=\"rtp\" bidirectionalCodec=\"PCMU\""
                        + " bidirectionalSamplingRate=\"8000\"\\s?/></Connect>";
        String room =
                "<Dial><Conference beep=\"false\" startConferenceOnEnter=\"true\""
                        + " endConferenceOnExit=\"true\">[0-9a-f]{32}</Conference></Dial>";
        assertTrue(
                answer.body()
                        .matches("(?s).*<Response>" + stream + room + stream + "</Response>.*"),
                answer.body());
        Arrival arrival = next(arrivals);
        assertEquals(TelnyxScene.NUMBER, arrival.called());
        assertEquals("+525500000001", arrival.caller().number());
    }

    @Test
    void a_call_that_is_asked_about_twice_is_one_call() throws Exception {
        Answer first = post(VOICE, call());
        Answer second = post(VOICE, call());

        assertEquals(first, second);
        next(arrivals);
        assertTrue(arrivals.isEmpty());
    }

    @Test
    void a_refused_call_is_told_so_as_far_as_telnyx_can() throws Exception {
        onArrival = refused -> refused.hangUp(HangupCause.BUSY);
        assertTrue(post(VOICE, call()).body().contains("<Reject reason=\"busy\""));
        assertEquals(new LegEvent.Ended(HangupCause.BUSY), next(events));

        onArrival = refused -> refused.hangUp(HangupCause.UNALLOCATED);
        FormParameters another = call(TelnyxScene.CALL + "2");
        assertTrue(post(VOICE, another).body().contains("<Reject reason=\"rejected\""));
    }

    @Test
    void a_call_that_is_given_back_goes_to_the_applications_fallback() throws Exception {
        onArrival = Leg::returnToCarrier;

        assertEquals(503, post(VOICE, call()).status());
        assertEquals(1, count("telnyx.arrivals.returned"));
    }

    @Test
    void a_request_without_a_signature_or_its_time_is_refused_and_counted() throws Exception {
        Map<String, String> genuine = TelnyxScene.headers(TelnyxScene.NOW, call().encoded());
        for (String header : genuine.keySet()) {
            Map<String, String> less = new HashMap<>(genuine);
            less.remove(header);
            assertEquals(403, asks(less).status(), "without " + header);
        }
        assertEquals(403, asks(Map.of()).status());
        assertEquals(3, refused("signature_missing"));
        assertTrue(arrivals.isEmpty());
    }

    @Test
    void a_body_that_is_not_the_one_that_was_signed_is_refused_and_counted() throws Exception {
        Map<String, String> genuine = TelnyxScene.headers(TelnyxScene.NOW, call().encoded());

        assertEquals(403, post(VOICE, call().with("More", "1").encoded(), genuine).status());
        assertEquals(403, post(VOICE, "%%%", genuine).status());
        assertEquals(2, refused("signature_wrong"));
    }

    /// Nothing of it would be signed but its time.
    @Test
    void what_stands_in_a_query_is_nobodys() throws Exception {
        Answer answer =
                post(VOICE + "?" + call().encoded(), "", TelnyxScene.headers(TelnyxScene.NOW, ""));

        assertEquals(403, answer.status());
        assertEquals(1, refused("signature_wrong"));
    }

    @Test
    void a_signature_of_long_ago_or_of_a_time_to_come_is_stale() throws Exception {
        String body = call().encoded();
        for (long off : new long[] {-301, 301}) {
            assertEquals(403, asks(TelnyxScene.headers(TelnyxScene.NOW + off, body)).status());
        }
        assertEquals(2, refused("signature_stale"));
        for (long off : new long[] {-300, 300}) {
            assertEquals(200, asks(TelnyxScene.headers(TelnyxScene.NOW + off, body)).status());
        }
    }

    @Test
    void a_request_that_was_seen_is_refused_the_second_time() throws Exception {
        Map<String, String> genuine = TelnyxScene.headers(TelnyxScene.NOW, call().encoded());

        assertEquals(200, asks(genuine).status());
        assertEquals(403, asks(genuine).status());
        assertEquals(1, refused("signature_replayed"));
    }

    @Test
    void a_webhook_without_a_call_is_malformed() throws Exception {
        var form = FormParameters.of("AccountSid", TelnyxScene.ACCOUNT);
        assertEquals(400, post(VOICE, form).status());

        String broken = "CallSid=%zz";
        assertEquals(400, post(VOICE, broken, TelnyxScene.headers(now.get(), broken)).status());
        assertEquals(2, refused("malformed"));
    }

    @Test
    void reports_of_a_calls_end_reach_its_leg_and_others_are_counted() throws Exception {
        streaming();
        var nobodys =
                FormParameters.of(
                        "CallSid", "v3:other",
                        "AccountSid", TelnyxScene.ACCOUNT,
                        "CallStatus", "completed");
        assertEquals(204, post("/telnyx/status", nobodys).status());
        assertEquals(1, count("telnyx.status.unknown"));
        var ours =
                FormParameters.of(
                        "CallSid", TelnyxScene.CALL,
                        "AccountSid", TelnyxScene.ACCOUNT,
                        "CallStatus", "completed");
        assertEquals(204, post("/telnyx/status", ours).status());

        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), next(events));
    }
}
