package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;
import static io.sandalphone.harness.calls.StruckEnvironment.assertHealthSays;
import static io.sandalphone.harness.calls.StruckEnvironment.assertLogSays;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Calls connect whatever is wrong around the gateway, and it says what is: in `/health`, in the log, by the doctor.
@RealAsterisk
class EnvironmentFaultsTest {
    private static final ToneSpeech SAID = ToneSpeech.USUAL.withWord(Duration.ofSeconds(1));

    /// The two hear each other.
    private static void assertConnects(CallLab lab) throws Exception {
        PhoneCall caller = lab.call(ONE_WAY);
        caller.awaitAnswered(SOON);
        PhoneCall destination =
                lab.destinations().awaitIncoming(CallLab.destinationOf(ONE_WAY), SOON);
        caller.media().repeat(SAID.render(ToneWord.W5));
        destination.media().repeat(SAID.render(ToneWord.V6));
        awaitHeard(destination, ToneWord.W5);
        awaitHeard(caller, ToneWord.V6);
        caller.hangUp();
        lab.awaitIdle();
    }

    private static void awaitHeard(PhoneCall phone, ToneWord word) {
        Poll.until(
                SOON,
                () ->
                        ToneDetector.listen(phone.media().received().heardByArrival().pcm())
                                .words()
                                .contains(word),
                word + " is heard");
    }

    @Test
    void a_full_disk_and_an_expired_certificate(AsteriskHost host) throws Exception {
        try (var struck = new StruckEnvironment()) {
            ControllerSettings settings =
                    CallLab.tones()
                            .with("costs: {ledger: \"%s\"}".formatted(struck.ledgerOnFullDisk()))
                            .with(
                                    "public-http: {listen: 127.0.0.1, port: 0, tls: %s}"
                                            .formatted(struck.expiredCertificate()));
            try (var lab = CallLab.openWithout("certificate", host, settings)) {
                assertConnects(lab);
                assertHealthSays(lab.controller(), "ledger", "cannot be written");
                assertHealthSays(lab.controller(), "certificate", "expired");
                assertLogSays(lab.controller(), "file could not be written, tried again");
                assertLogSays(lab.controller(), "certificate of the public listener is not as");
                struck.assertDoctorSays(host.vps(), settings.yaml(host), "ledger", "certificate");
            }
        }
    }
}
