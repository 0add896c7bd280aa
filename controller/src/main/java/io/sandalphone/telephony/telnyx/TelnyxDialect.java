package io.sandalphone.telephony.telnyx;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.markup.Afterwards;
import io.sandalphone.telephony.markup.Dialect;
import io.sandalphone.telephony.markup.LegPlaces;
import io.sandalphone.telephony.markup.NewCall;
import io.sandalphone.telephony.markup.ResponseXml;
import io.sandalphone.telephony.markup.RestAnswer;
import io.sandalphone.telephony.markup.Standing;
import io.sandalphone.telephony.markup.WebhookAlias;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamAddress;
import io.sandalphone.telephony.stream.StreamEndpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Telnyx says in its own way: TeXML, in which a stream's token stands in the path of its address, since
/// there are no parameters, and the requests of its REST interface. Thread-safe.
final class TelnyxDialect implements Dialect {
    private static final FormParameters COMPLETE = FormParameters.of("Status", "completed");

    private final TelnyxSettings settings;
    private final PublicUrl publicUrl;
    private final TelnyxRest rest;

    TelnyxDialect(TelnyxSettings settings, PublicUrl publicUrl, TelnyxRest rest) {
        this.settings = settings;
        this.publicUrl = publicUrl;
        this.rest = rest;
    }

    @Override
    public String name() {
        return TelnyxCarrier.NAME;
    }

    @Override
    public String credentialsRefused() {
        return "Telnyx does not accept telnyx.api-key";
    }

    @Override
    public List<WebhookAlias> aliases() {
        return List.of(new WebhookAlias("/sip/telnyx/answer", StreamEndpoint.SIP_PATH));
    }

    @Override
    public String streamDocument(StreamAddress address, String token, Afterwards afterwards) {
        return Texml.stream(
                word -> publicUrl.socket(address.path() + "/" + word),
                token,
                settings.codec(),
                afterwards);
    }

    @Override
    public String rejection(HangupCause cause) {
        return ResponseXml.rejection(cause);
    }

    @Override
    public CallerId caller(FormParameters parameters) {
        return TelnyxCaller.of(parameters);
    }

    @Override
    public RestAnswer begin(NewCall call) throws InterruptedException {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("To", call.dial().number().number())
                        .put("From", settings.phoneNumber().number())
                        .put("Texml", call.document())
                        .put("Timeout", call.ringSeconds(5, 120))
                        .put("TimeLimit", call.longestSeconds(30, 14_400))
                        .put("StatusCallback", call.statusUrl())
                        .put("StatusCallbackMethod", "POST")
                        .put("StatusCallbackEvent", "initiated ringing answered completed");
        if (settings.codec() != TelnyxCodec.L16) {
            // What a call is coded by is how it is heard; a stream cannot be had in any other law.
            json.put("PreferredCodecs", "PCMU,PCMA");
        }
        if (settings.machineDetection()) {
            // Asynchronous: the other way nobody hears anything while Telnyx listens.
            json.put("MachineDetection", "Enable")
                    .put("AsyncAmd", true)
                    .put("AsyncAmdStatusCallback", call.machineUrl())
                    .put("AsyncAmdStatusCallbackMethod", "POST");
        }
        return rest.createCall(json);
    }

    /// Telnyx has one word for the end of a call, whether it was answered or rings.
    @Override
    public RestAnswer end(String callId, boolean answered) throws InterruptedException {
        return rest.updateCall(callId, COMPLETE);
    }

    @Override
    public RestAnswer redirect(String callId, String document) throws InterruptedException {
        return rest.updateCall(callId, FormParameters.of("Texml", document));
    }

    @Override
    public Map<String, String> place(String callId) {
        return rest.account()
                .map(account -> Map.of(LegPlaces.CALL, callId, LegPlaces.ACCOUNT, account))
                .orElseGet(Map::of);
    }

    /// A gateway that has just been started has not been told its account by a webhook yet; the place does.
    @Override
    public Optional<String> callAt(Map<String, String> at) {
        return Optional.ofNullable(at.get(LegPlaces.CALL))
                .filter(TelnyxGuard::isCallId)
                .filter(_ -> rest.isOf(at.getOrDefault(LegPlaces.ACCOUNT, "")));
    }

    @Override
    public Standing standing(String callId) throws InterruptedException {
        return rest.standing(callId);
    }

    @Override
    public void close() {
        rest.close();
    }
}
