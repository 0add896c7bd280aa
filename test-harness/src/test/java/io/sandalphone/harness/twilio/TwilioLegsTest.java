package io.sandalphone.harness.twilio;

import io.sandalphone.config.Secret;
import io.sandalphone.harness.carrier.BridgedGateway;
import io.sandalphone.harness.carrier.LegsContract;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.twilio.TwilioCarrier;
import io.sandalphone.telephony.twilio.TwilioMeters;
import io.sandalphone.telephony.twilio.TwilioSettings;
import io.vertx.core.Vertx;

import java.util.List;

/// The legs of the Twilio carrier against the simulated Twilio.
class TwilioLegsTest extends LegsContract<SimulatedTwilio> {
    @Override
    protected SimulatedTwilio simulated(Vertx vertx) {
        return SimulatedTwilio.start(vertx);
    }

    @Override
    protected String name() {
        return TwilioCarrier.NAME;
    }

    @Override
    protected List<String> aliases() {
        return List.of(
                "/voice/incoming", "/voice/incoming?lang=ja", "/incoming", "/sip/twilio/answer");
    }

    @Override
    protected BridgedGateway.Maker maker() {
        var settings =
                new TwilioSettings(
                        carrier.account().sid(),
                        new Secret(carrier.account().authToken()),
                        new E164(BridgedGateway.NUMBER),
                        carrier.api(),
                        100,
                        true);
        return (surroundings, registry) ->
                new TwilioCarrier(settings, true, surroundings, TwilioMeters.register(registry));
    }
}
