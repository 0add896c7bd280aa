package io.sandalphone.telephony.twilio;

import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.markup.Afterwards;
import io.sandalphone.telephony.markup.Dialect;
import io.sandalphone.telephony.markup.LegPlaces;
import io.sandalphone.telephony.markup.NewCall;
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

/// What Twilio says in its own way: TwiML, and the forms of its REST interface. Thread-safe.
final class TwilioDialect implements Dialect {
    private static final List<WebhookAlias> ALIASES =
            List.of(
                    new WebhookAlias("/voice/incoming", StreamEndpoint.VOICE_PATH, true, false),
                    new WebhookAlias("/incoming", StreamEndpoint.PATH, false, true),
                    new WebhookAlias("/sip/twilio/answer", StreamEndpoint.SIP_PATH));

    // Twilio cancels what has not been answered, and completes the rest.
    private static final FormParameters CANCEL = FormParameters.of("Status", "canceled");
    private static final FormParameters COMPLETE = FormParameters.of("Status", "completed");

    private final TwilioSettings settings;
    private final PublicUrl publicUrl;
    private final RestApi rest;

    TwilioDialect(TwilioSettings settings, PublicUrl publicUrl, RestApi rest) {
        this.settings = settings;
        this.publicUrl = publicUrl;
        this.rest = rest;
    }

    @Override
    public String name() {
        return TwilioCarrier.NAME;
    }

    @Override
    public String credentialsRefused() {
        return "Twilio does not accept twilio.account-sid and twilio.auth-token";
    }

    @Override
    public List<WebhookAlias> aliases() {
        return ALIASES;
    }

    @Override
    public String streamDocument(StreamAddress address, String token, Afterwards afterwards) {
        return Twiml.stream(
                publicUrl.socket(address.path()), address.parameters(), token, afterwards);
    }

    @Override
    public String rejection(HangupCause cause) {
        return Twiml.reject(cause);
    }

    @Override
    public CallerId caller(FormParameters parameters) {
        return TwilioCaller.of(parameters);
    }

    @Override
    public RestAnswer begin(NewCall call) throws InterruptedException {
        FormParameters form =
                FormParameters.of(
                        "To", call.dial().number().number(),
                        "From", settings.phoneNumber().number(),
                        "Twiml", call.document(),
                        "Timeout", Long.toString(call.ringSeconds(1, 600)),
                        "TimeLimit", Long.toString(call.longestSeconds(1, 86_400)),
                        "StatusCallback", call.statusUrl(),
                        "StatusCallbackMethod", "POST",
                        "StatusCallbackEvent", "initiated",
                        "StatusCallbackEvent", "ringing",
                        "StatusCallbackEvent", "answered",
                        "StatusCallbackEvent", "completed");
        // Asynchronous: the other way nobody hears anything while Twilio listens.
        return rest.createCall(
                settings.machineDetection()
                        ? form.with("MachineDetection", "Enable")
                                .with("AsyncAmd", "true")
                                .with("AsyncAmdStatusCallback", call.machineUrl())
                        : form);
    }

    @Override
    public RestAnswer end(String callSid, boolean answered) throws InterruptedException {
        return rest.updateCall(callSid, answered ? COMPLETE : CANCEL);
    }

    @Override
    public RestAnswer redirect(String callSid, String document) throws InterruptedException {
        return rest.updateCall(callSid, FormParameters.of("Twiml", document));
    }

    @Override
    public Map<String, String> place(String callSid) {
        return Map.of(LegPlaces.CALL, callSid, LegPlaces.ACCOUNT, settings.accountSid());
    }

    @Override
    public Optional<String> callAt(Map<String, String> at) {
        return Optional.ofNullable(at.get(LegPlaces.CALL))
                .filter(Sids::isCall)
                .filter(_ -> settings.accountSid().equals(at.get(LegPlaces.ACCOUNT)));
    }

    @Override
    public Standing standing(String callSid) throws InterruptedException {
        return rest.standing(callSid);
    }

    @Override
    public void close() {
        rest.close();
    }
}
