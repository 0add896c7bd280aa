package io.sandalphone.harness.pairs;

import static io.sandalphone.harness.calls.StruckEnvironment.assertHealthSays;
import static io.sandalphone.harness.calls.StruckEnvironment.assertLogSays;

import io.sandalphone.harness.calls.StruckEnvironment;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Network;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RequiresRoot;
import io.sandalphone.harness.lab.TcpPort;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Optional;

/// Calls whose sound passes through the gateway connect whatever is wrong around it.
@RequiresRoot
@Timeout(180)
class CarrierEnvironmentTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ToneSpeech SAID = ToneSpeech.USUAL.withWord(Duration.ofSeconds(1));

    /// The two hear each other, and `meanwhile` holds.
    private static void assertConnects(PairLab lab, Runnable meanwhile) {
        PairPhone caller = lab.call(1);
        PairPhone destination = lab.awaitRung(1, SOON);
        destination.awaitUp(SOON);
        caller.repeat(SAID.render(ToneWord.W5));
        destination.repeat(SAID.render(ToneWord.V6));
        awaitHeard(destination, ToneWord.W5);
        awaitHeard(caller, ToneWord.V6);
        meanwhile.run();
        caller.hangUp();
        destination.awaitEnded(SOON);
        lab.awaitNobodyLeft(SOON);
    }

    private static void awaitHeard(PairPhone phone, ToneWord word) {
        Poll.until(
                SOON,
                () -> ToneDetector.listen(phone.heard().pcm()).words().contains(word),
                () -> word + " is heard: " + phone.history());
    }

    private static PairLab open(ControllerSettings settings) throws Exception {
        return PairLab.open(
                Pair.TWILIO_TWILIO, Optional.empty(), settings, ControllerProgram.QUICK);
    }

    @Test
    void a_full_disk() throws Exception {
        try (var struck = new StruckEnvironment()) {
            ControllerSettings settings =
                    ControllerSettings.tones()
                            .with("costs: {ledger: \"%s\"}".formatted(struck.ledgerOnFullDisk()));
            try (PairLab lab = open(settings)) {
                assertConnects(
                        lab, () -> assertHealthSays(lab.gateway(), "ledger", "cannot be written"));
                assertLogSays(lab.gateway(), "file could not be written, tried again");
                struck.assertDoctorSays(
                        Network.ofThisMachine(), settings.yaml(TcpPort.free()), "ledger");
            }
        }
    }

    @Test
    void no_dns_no_way_to_the_vendors_and_a_broken_ledger() throws Exception {
        try (var struck = new StruckEnvironment()) {
            ControllerSettings settings =
                    StruckEnvironment.unreachable(ControllerSettings.tones())
                            .with("costs: {ledger: \"%s\"}".formatted(struck.brokenLedger()));
            try (PairLab lab = open(settings)) {
                // An engine is known to be out of reach once a call has tried it a few times.
                assertConnects(
                        lab, () -> assertHealthSays(lab.gateway(), "transcriber", "assemblyai"));
                assertHealthSays(lab.gateway(), "ledger", "set aside");
                assertLogSays(lab.gateway(), "ledger set aside");
                var _ = struck.brokenLedger();
                struck.assertDoctorSays(
                        Network.ofThisMachine(),
                        settings.yaml(TcpPort.free()),
                        "ledger",
                        "transcriber assemblyai",
                        "translator google",
                        "synthesizer polly");
            }
        }
    }
}
