package io.sandalphone.harness.simulate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Secret;
import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.BridgedGateway;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.twilio.TwilioCarrier;
import io.sandalphone.telephony.twilio.TwilioMeters;
import io.sandalphone.telephony.twilio.TwilioSettings;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// `scripts/simulate --to` with other gateways' addresses.
class AliasRunTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    @TempDir private Path folder;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({"/voice/incoming?lang=es", "/incoming", "/sip/twilio/answer"})
    void a_call_goes_well_at_the_address_of_another_gateway(String path) throws Exception {
        try (SimulatedTwilio twilio = SimulatedTwilio.start(VERTX.get());
                var _ = gateway(twilio)) {
            Phone answering = twilio.phone(BridgedGateway.DESTINATION);
            answering.answers(new Answering.After(Duration.ofMillis(100)));
            assertTrue(
                    new SimulatedRun(twilio, new PrintStream(printed, true, StandardCharsets.UTF_8))
                            .make(
                                    new SimulatedRun.Plan(
                                            new IncomingNumber(
                                                    BridgedGateway.NUMBER,
                                                    "https://gw.example.org" + path),
                                            twilio.phone("+12125550199"),
                                            ToneSpeech.USUAL.render(ToneWord.W1),
                                            List.of(answering),
                                            Duration.ofMillis(300),
                                            folder)),
                    () -> printed.toString(StandardCharsets.UTF_8));
        }
    }

    private static BridgedGateway gateway(SimulatedTwilio twilio) {
        var settings =
                new TwilioSettings(
                        twilio.account().sid(),
                        new Secret(twilio.account().authToken()),
                        new E164(BridgedGateway.NUMBER),
                        twilio.api(),
                        100,
                        false);
        return new BridgedGateway(
                VERTX.get(),
                twilio,
                Duration.ofSeconds(5),
                (surroundings, registry) ->
                        new TwilioCarrier(
                                settings, true, surroundings, TwilioMeters.register(registry)));
    }
}
