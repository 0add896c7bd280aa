package io.sandalphone.harness.telnyx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Secret;
import io.sandalphone.harness.carrier.BridgedGateway;
import io.sandalphone.harness.carrier.CarrierFault;
import io.sandalphone.harness.carrier.LegsContract;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.carrier.StreamReport;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.telnyx.TelnyxCarrier;
import io.sandalphone.telephony.telnyx.TelnyxCodec;
import io.sandalphone.telephony.telnyx.TelnyxMeters;
import io.sandalphone.telephony.telnyx.TelnyxSettings;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/// The legs of the Telnyx carrier against the simulated Telnyx.
class TelnyxLegsTest extends LegsContract<SimulatedTelnyx> {
    private TelnyxCodec codec = TelnyxCodec.PCMU;

    @AfterEach
    void forgetsTheCodec() {
        codec = TelnyxCodec.PCMU;
    }

    @Override
    protected SimulatedTelnyx simulated(Vertx vertx) {
        return SimulatedTelnyx.start(vertx);
    }

    @Override
    protected String name() {
        return TelnyxCarrier.NAME;
    }

    @Override
    protected List<String> aliases() {
        return List.of("/sip/telnyx/answer");
    }

    @Override
    protected BridgedGateway.Maker maker() {
        var settings =
                new TelnyxSettings(
                        new Secret(carrier.account().apiKey()),
                        carrier.keys().publicKey(),
                        carrier.account().application(),
                        new E164(BridgedGateway.NUMBER),
                        carrier.api(),
                        100,
                        true,
                        codec,
                        TelnyxSettings.Linear.BIG_ENDIAN);
        return (surroundings, registry) ->
                new TelnyxCarrier(settings, true, surroundings, TelnyxMeters.register(registry));
    }

    @Test
    void numbers_that_are_no_strings_are_numbers() {
        carrier.faults().set(CarrierFault.PLAIN_NUMBERS);
        talking();
        bothHearEachOther();
        destination.hangUp();
        nobodyIsLeft();
    }

    @Test
    void nothing_of_what_is_sent_is_dropped_or_complained_of() {
        SimulatedCall call = talking();
        bothHearEachOther();
        for (SimulatedCall each : List.of(call, second())) {
            StreamReport stream = each.streams().getFirst();
            assertEquals(0, stream.dropped());
            assertEquals(0, stream.invalid());
        }
        assertEquals(0, gateway.count("telnyx.stream.errors"));
    }

    @Test
    void linear_sound_is_understood_both_ways() {
        gateway.close();
        codec = TelnyxCodec.L16;
        gateway = opens();
        SimulatedCall call = talking();
        bothHearEachOther();
        assertEquals(0, call.streams().getFirst().invalid());
        destination.hangUp();
        nobodyIsLeft();
    }

    @Test
    void nobody_calls_whose_signature_is_old() {
        carrier.faults().set(CarrierFault.STALE_TIMESTAMP);
        calls();
        Poll.until(
                PATIENCE, () -> carrier.liveCalls().isEmpty(), () -> "" + carrier.journal().all());

        assertEquals(List.of(), gateway.events());
        assertTrue(gateway.count("telnyx.refused", "signature_stale") > 0);
    }
}
