package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.RtpRecording;

import org.junit.jupiter.api.Test;

/// A SIP telephone dials an emergency number, at a gateway that would put through any other.
@RealAsterisk
class EmergencyCallTest {
    @Test
    void who_dials_one_hears_why_not_and_nobody_is_rung(AsteriskHost host) throws Exception {
        try (var lab =
                CallLab.open(
                        host,
                        CallLab.tones()
                                .with(
                                        "routes: {\"*\": {destination: \"+12025550102\","
                                                + " caller-language: es-MX}}"))) {
            PhoneCall caller = lab.call("911");
            caller.awaitAnswered(SOON);
            caller.awaitEnded(SOON);
            short[] heard = RtpRecording.pcm(caller.media().received().sound());
            assertTrue(PreparedHint.isHeard(heard, "es"), () -> heard.length + " samples");
            lab.controller().awaitLog("emergency-number", SOON);
            host.awaitIdle(SOON);
        }
    }
}
