package io.sandalphone.telephony.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.stream.FormParameters;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/// What Twilio asks by HTTP, over real connections.
class TwilioWebhooksTest extends TwilioWire {
    @Test
    void a_call_that_arrives_is_handed_up_and_answered_with_its_stream_and_its_room()
            throws Exception {
        Answer answer = post("/twilio/voice", call());

        assertEquals(200, answer.status());
        String stream =
                "<Connect><Stream url=\"wss://gw.example.org/media-stream\"><Parameter"
                        + " name=\"token\" value=\"[\\w-]{27}\"/></Stream></Connect>";
        String room = "<Dial><Conference .*>[0-9a-f]{32}</Conference></Dial>";
        assertTrue(
                answer.body()
                        .matches("(?s).*<Response>" + stream + room + stream + "</Response>.*"),
                answer.body());
        for (String attribute :
                List.of(
                        "beep=\"false\"",
                        "waitUrl=\"\"",
                        "startConferenceOnEnter=\"true\"",
                        "endConferenceOnExit=\"true\"")) {
            assertTrue(answer.body().contains(attribute), answer.body());
        }
        Arrival arrival = next(arrivals);
        assertEquals(TwilioScene.NUMBER, arrival.called());
        assertEquals("+525500000001", arrival.caller().number());
        assertEquals(List.of("+525500000002"), arrival.forwardedBy());
    }

    @Test
    void a_call_that_is_asked_about_twice_is_one_call() throws Exception {
        Answer first = post("/twilio/voice", call());
        Answer second = post("/twilio/voice", call());

        assertEquals(first, second);
        next(arrivals);
        assertTrue(arrivals.isEmpty());
    }

    @Test
    void a_refused_call_is_told_so_as_far_as_twilio_can() throws Exception {
        onArrival = refused -> refused.hangUp(HangupCause.BUSY);
        assertTrue(post("/twilio/voice", call()).body().contains("<Reject reason=\"busy\"/>"));
        assertEquals(new LegEvent.Ended(HangupCause.BUSY), next(events));

        onArrival = refused -> refused.hangUp(HangupCause.UNALLOCATED);
        var another =
                FormParameters.of(
                        "CallSid", "CA" + "5".repeat(32), "AccountSid", TwilioScene.ACCOUNT);
        assertTrue(post("/twilio/voice", another).body().contains("<Reject/>"));
    }

    @Test
    void a_webhook_that_is_shown_again_when_its_call_is_over_begins_no_other() throws Exception {
        onArrival = refused -> refused.hangUp(HangupCause.BUSY);
        assertEquals(200, post("/twilio/voice", call()).status());
        next(events);

        assertEquals(403, post("/twilio/voice", call()).status());
        assertEquals(1, count("twilio.refused", "reason", "signature_replayed"));
    }

    @Test
    void a_call_that_is_given_back_goes_to_the_numbers_fallback() throws Exception {
        onArrival = Leg::returnToCarrier;

        assertEquals(503, post("/twilio/voice", call()).status());
        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), next(events));
        assertEquals(1, count("twilio.arrivals.returned"));
    }

    @Test
    void what_is_not_signed_by_twilio_is_refused_and_counted() throws Exception {
        String path = "/twilio/voice";
        String genuine = signature.sign(PUBLIC.web(path), call());

        assertEquals(403, post(path, call(), "").status());
        assertEquals(403, post(path, call(), "AAAA" + genuine.substring(4)).status());
        assertEquals(403, post(path, call().with("More", "1"), genuine).status());
        assertEquals(403, post(path + "?x=1", call(), genuine).status());
        assertEquals(1, count("twilio.refused", "reason", "signature_missing"));
        assertEquals(3, count("twilio.refused", "reason", "signature_wrong"));
        assertTrue(arrivals.isEmpty());
    }

    @Test
    void another_accounts_call_is_refused_although_it_is_signed() throws Exception {
        var form =
                FormParameters.of("CallSid", TwilioScene.CALL, "AccountSid", "AC" + "9".repeat(32));

        assertEquals(403, post("/twilio/voice", form).status());
        assertEquals(1, count("twilio.refused", "reason", "foreign_account"));
    }

    @Test
    void a_webhook_without_a_call_is_malformed() throws Exception {
        assertEquals(
                400,
                post("/twilio/voice", FormParameters.of("AccountSid", TwilioScene.ACCOUNT))
                        .status());
        assertEquals(1, count("twilio.refused", "reason", "malformed"));
    }

    @Test
    void a_body_without_end_is_not_read_to_its_end() throws Exception {
        var form = FormParameters.of("A", "x".repeat(70_000));

        assertEquals(413, post("/twilio/voice", form).status());
    }

    @Test
    void reports_of_nobodys_call_are_counted() throws Exception {
        var report =
                FormParameters.of(
                        "CallSid",
                        "CA" + "7".repeat(32),
                        "AccountSid",
                        TwilioScene.ACCOUNT,
                        "CallStatus",
                        "completed");

        assertEquals(204, post("/twilio/status?leg=nobody", report).status());
        assertEquals(1, count("twilio.status.unknown"));
    }

    @Test
    void who_answered_is_counted() throws Exception {
        for (Map.Entry<String, Integer> word :
                Map.of("machine_end_beep", 1, "human", 2).entrySet()) {
            for (int i = 0; i < word.getValue(); i++) {
                var report =
                        FormParameters.of(
                                "CallSid",
                                TwilioScene.CALL,
                                "AccountSid",
                                TwilioScene.ACCOUNT,
                                "AnsweredBy",
                                word.getKey());
                assertEquals(204, post("/twilio/machine", report).status());
            }
        }
        assertEquals(1, count("twilio.answered.by", "by", "machine"));
        assertEquals(2, count("twilio.answered.by", "by", "human"));
    }
}
