package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.Project;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A call that an operator asks for by `scripts/originate`, of two telephones at two carriers.
@RealAsterisk
class OperatorCallPairTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String AT_TWILIO = new Line(0).destination();
    private static final String OVER_SIP = "+12025550177";
    private static final ToneSpeech SAID = ToneSpeech.USUAL.withWord(Duration.ofSeconds(1));

    private final AsteriskHost host;

    OperatorCallPairTest(AsteriskHost host) {
        this.host = host;
    }

    /// What the script prints.
    private String originate(String... words) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Project.file("scripts/originate").toString()));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(host.vps().command(command)).redirectErrorStream(true);
        process.environment().put("SANDALPHONE_TOKEN", ControllerSettings.TOKEN);
        Process started = process.start();
        String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, started.waitFor(), said);
        return said.strip();
    }

    private static void awaitHeard(PairPhone phone, ToneWord word) {
        Poll.until(
                SOON,
                () -> ToneDetector.listen(phone.heard().pcm()).words().contains(word),
                () -> word + " is heard, not " + ToneDetector.listen(phone.heard().pcm()).heard());
    }

    @Test
    void a_phone_at_twilio_is_rung_first_and_joined_with_one_over_sip() throws Exception {
        try (var lab =
                PairLab.open(
                        Pair.TWILIO_SIP,
                        Optional.of(host),
                        ControllerSettings.tones(),
                        ControllerProgram.QUICK)) {
            String call =
                    originate(
                            AT_TWILIO,
                            OVER_SIP,
                            "--from-via",
                            "twilio",
                            "--to-via",
                            "voipms",
                            "--relay");
            PairPhone first = lab.awaitRungByFallback(0, SOON);
            PairPhone second = lab.awaitRungOverSip(OVER_SIP, SOON);
            Poll.until(
                    SOON,
                    () -> lab.gateway().sessions().at("/0/audio_attached").asBoolean(),
                    () -> lab.gateway().sessions() + lab.gateway().log());
            assertEquals(call, lab.gateway().sessions().at("/0/id").asText());
            first.repeat(SAID.render(ToneWord.W1));
            awaitHeard(second, ToneWord.W1);
            awaitHeard(second, ToneWord.V1);
            first.hush();
            second.repeat(SAID.render(ToneWord.V3));
            awaitHeard(first, ToneWord.V3);
            awaitHeard(first, ToneWord.W3);
            assertFalse(ToneDetector.listen(second.heard().pcm()).words().contains(ToneWord.W3));
            second.hangUp();
            Poll.until(SOON, () -> !first.isUp(), "the first is released");
            lab.awaitNobodyLeft(SOON);
            lab.gateway().awaitIdle(SOON);
        }
    }
}
