package io.sandalphone.harness.telnyx;

import io.sandalphone.harness.carrier.CallStatus;
import io.sandalphone.harness.carrier.CarrierFault;
import io.sandalphone.harness.carrier.CarrierFaults;
import io.sandalphone.harness.carrier.Dialect;
import io.sandalphone.harness.carrier.Grammar;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.carrier.StreamWire;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// The parameters, signatures and streams of Telnyx' TeXML.
final class TelnyxDialect implements Dialect {
    private static final long STALE_SECONDS = 600;
    private static final int ID_BYTES = 39;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TelnyxAccount account;
    private final TelnyxKeys keys;
    private final TelnyxKeys strangersKeys = TelnyxKeys.generate();
    private final CarrierFaults faults;

    TelnyxDialect(TelnyxAccount account, TelnyxKeys keys, CarrierFaults faults) {
        this.account = account;
        this.keys = keys;
        this.faults = faults;
    }

    @Override
    public Grammar grammar() {
        return Grammar.texml();
    }

    @Override
    public String newCallId() {
        // The id has a colon, and letters that a path must not lose.
        byte[] random = new byte[ID_BYTES];
        RANDOM.nextBytes(random);
        return "v3:" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    @Override
    public Map<String, String> parameters(SimulatedCall call) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("CallSid", call.id());
        form.put("CallSidLegacy", call.id());
        form.put("AccountSid", account.id());
        form.put("ConnectionId", account.application());
        form.put("From", call.from());
        form.put("To", call.to());
        form.put("CallStatus", call.currentStatus().text());
        form.put("Direction", call.identity().direction());
        String parent = call.identity().parent();
        if (parent != null) {
            form.put("ParentCallSid", parent);
            form.put("ParentCallSidLegacy", parent);
        }
        String forwardedFrom = call.identity().forwardedFrom();
        if (forwardedFrom != null) {
            form.put("ForwardedFrom", forwardedFrom);
        }
        call.answeredBy().ifPresent(who -> form.put("AnsweredBy", who));
        return form;
    }

    @Override
    public Map<String, String> progress(SimulatedCall call, CallStatus status, int sequence) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("CallStatus", status.text());
        form.put("CallbackSource", "call-progress-events");
        form.put("SequenceNumber", Integer.toString(sequence));
        form.put("Timestamp", Instant.now().toString());
        if (status.ended()) {
            form.put("CallDuration", Long.toString(call.seconds()));
            form.put("SipResponseCode", Integer.toString(call.sipCode()));
        }
        return form;
    }

    @Override
    public Map<String, String> signature(
            String url, Map<String, String> form, String body, boolean genuine) {
        long now = Instant.now().getEpochSecond();
        long stamped = faults.strikes(CarrierFault.STALE_TIMESTAMP) ? now - STALE_SECONDS : now;
        return (genuine ? keys : strangersKeys).headers(body, stamped);
    }

    @Override
    public StreamWire stream(SimulatedCall call, StreamRequest request, CarrierFaults faults) {
        return new TelnyxStream(account, call, request, faults, UUID.randomUUID().toString());
    }
}
