package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// A route that lets who calls hear themselves: Asterisk does so, and needs us no longer.
@RealAsterisk
class EchoServiceTest {
    private static final String ECHOES = "15550100003";

    @Test
    void a_caller_hears_themselves_and_nobody_is_rung(AsteriskHost host) throws Exception {
        try (var lab =
                CallLab.open(
                        host,
                        CallLab.tones()
                                .with("routes: {\"+%s\": {service: echo}}".formatted(ECHOES)))) {
            PhoneCall caller = lab.call(ECHOES);
            caller.awaitAnswered(SOON);
            caller.media()
                    .repeat(ToneSpeech.USUAL.withWord(Duration.ofSeconds(1)).render(ToneWord.W5));
            Poll.until(
                    SOON,
                    () -> heard(caller).contains(ToneWord.W5),
                    () -> "they hear themselves, not " + heard(caller));
            lab.controller().kill();
            assertEquals(1, host.channels().size(), "only the caller is there");
            caller.hangUp();
            host.awaitIdle(SOON);
        }
    }

    private static List<ToneWord> heard(PhoneCall phone) {
        return ToneDetector.listen(phone.media().received().heardByArrival().pcm()).words();
    }
}
