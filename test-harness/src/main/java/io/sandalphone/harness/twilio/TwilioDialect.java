package io.sandalphone.harness.twilio;

import io.sandalphone.harness.carrier.CallStatus;
import io.sandalphone.harness.carrier.CarrierFaults;
import io.sandalphone.harness.carrier.Dialect;
import io.sandalphone.harness.carrier.Grammar;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.carrier.StreamWire;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/// Twilio's parameters, signatures and streams.
final class TwilioDialect implements Dialect {
    private static final String NOT_THE_TOKEN = "somebody else's token";

    private final TwilioAccount account;

    TwilioDialect(TwilioAccount account) {
        this.account = account;
    }

    @Override
    public Grammar grammar() {
        return Grammar.twiml();
    }

    @Override
    public String newCallId() {
        return TwilioIds.next("CA");
    }

    @Override
    public Map<String, String> parameters(SimulatedCall call) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("CallSid", call.id());
        form.put("AccountSid", account.sid());
        form.put("From", call.from());
        form.put("To", call.to());
        form.put("Caller", call.from());
        form.put("Called", call.to());
        form.put("CallStatus", call.currentStatus().text());
        form.put("ApiVersion", "2010-04-01");
        form.put("Direction", call.identity().direction());
        String parent = call.identity().parent();
        if (parent != null) {
            form.put("ParentCallSid", parent);
        }
        String forwardedFrom = call.identity().forwardedFrom();
        if (forwardedFrom != null) {
            form.put("ForwardedFrom", forwardedFrom);
        }
        call.answeredBy().ifPresent(who -> form.put("AnsweredBy", who));
        // New parameters appear without notice, and are signed as the others are.
        form.put("FromCountry", "US");
        form.put("FromCity", "");
        form.put("StirVerstat", "TN-Validation-Passed-A");
        return form;
    }

    @Override
    public Map<String, String> progress(SimulatedCall call, CallStatus status, int sequence) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("CallStatus", status.text());
        form.put("CallbackSource", "call-progress-events");
        form.put("SequenceNumber", Integer.toString(sequence));
        form.put(
                "Timestamp",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        if (status.ended()) {
            form.put("CallDuration", Long.toString(call.seconds()));
            form.put("Duration", Long.toString((call.seconds() + 59) / 60));
            form.put("SipResponseCode", Integer.toString(call.sipCode()));
        }
        return form;
    }

    @Override
    public Map<String, String> signature(
            String url, Map<String, String> form, String body, boolean genuine) {
        return Map.of("X-Twilio-Signature", sign(url, form, genuine));
    }

    private String sign(String url, Map<String, String> form, boolean genuine) {
        return TwilioSignature.of(genuine ? account.authToken() : NOT_THE_TOKEN, url, form);
    }

    @Override
    public StreamWire stream(SimulatedCall call, StreamRequest request, CarrierFaults faults) {
        return new TwilioStream(account, call, request, faults, this::sign);
    }
}
