package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RunFolder;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Calls at whose beginning both are told, by a tone each, that a machine listens.
final class Announced {
    private static final Duration SOON = Duration.ofSeconds(30);

    /// Half a word of the announcement: two sayings are further apart.
    private static final long BROKEN_MILLIS = 300;

    private static final ToneSpeech SAID = ToneSpeech.USUAL.withWord(Duration.ofSeconds(1));

    private static final String TOLD =
            """
            announcement:
              spoken: true
              texts: {en: "wgg", es: "vhh"}
            """;

    private Announced() {}

    /// Each is told in their own language and nobody else's, while they hear each other, and then interpreted.
    static void told(Pair pair, Optional<AsteriskHost> host) throws Exception {
        try (PairLab lab = PairLab.open(pair, host, settings(), ControllerProgram.QUICK)) {
            PairPhone caller = lab.call(1);
            PairPhone destination = lab.awaitRung(1, SOON);
            destination.awaitUp(SOON);
            caller.repeat(SAID.render(ToneWord.W1));
            awaitHeard(destination, ToneWord.V8);
            awaitHeard(caller, ToneWord.W7);
            // The caller's voice is there before the announcement is over, and sinks under it.
            awaitHeard(destination, ToneWord.W1);
            ToneDetector there = ToneDetector.listen(destination.heard().pcm());
            long over = there.heard(ToneWord.V8).getLast().endMillis();
            assertTrue(
                    there.heard(ToneWord.W1).getFirst().startMillis() < over,
                    () -> "joined before: " + there.heard());
            // And is interpreted after it.
            awaitHeard(destination, ToneWord.V1);
            assertEquals(1, times(destination, ToneWord.V8));
            assertEquals(1, times(caller, ToneWord.W7));
            assertEquals(0, times(destination, ToneWord.W7));
            assertEquals(0, times(caller, ToneWord.V8));
            caller.hangUp();
            destination.awaitEnded(SOON);
            lab.awaitNobodyLeft(SOON);
            lab.gateway().awaitIdle(SOON);
        }
    }

    /// A voice that is broken keeps nobody from being joined, and nobody is listened to.
    static void voiceBroken(Pair pair, Optional<AsteriskHost> host) throws Exception {
        Path folder = RunFolder.create("announced");
        Path faults =
                Files.writeString(
                        folder.resolve("faults"),
                        "wgg synthesizer-throws\nvhh synthesizer-throws\n");
        try (PairLab lab =
                PairLab.open(
                        pair,
                        host,
                        settings().engine("tone", "faults", faults.toString()),
                        ControllerProgram.QUICK)) {
            PairPhone caller = lab.call(1);
            PairPhone destination = lab.awaitRung(1, SOON);
            destination.awaitUp(SOON);
            caller.repeat(SAID.render(ToneWord.W1));
            awaitHeard(destination, ToneWord.W1);
            lab.gateway().awaitLog("announcement not spoken", SOON);
            Poll.until(
                    SOON,
                    () -> lab.gateway().sessions().at("/0/translation_unavailable").size() > 0,
                    () -> lab.gateway().sessions().toString());
            assertEquals(0, times(destination, ToneWord.V1));
            assertTrue(destination.isUp());
            caller.hangUp();
            destination.awaitEnded(SOON);
            lab.awaitNobodyLeft(SOON);
        } finally {
            RunFolder.delete(folder);
        }
    }

    private static ControllerSettings settings() {
        return ControllerSettings.tones().engine("tone", "word", "600ms").with(TOLD);
    }

    /// How often a word was said to it. One that a busy machine broke into pieces was said once.
    private static int times(PairPhone phone, ToneWord word) {
        int times = 0;
        long end = -BROKEN_MILLIS;
        for (var piece : ToneDetector.listen(phone.heard().pcm()).heard(word)) {
            times += piece.startMillis() - end >= BROKEN_MILLIS ? 1 : 0;
            end = piece.endMillis();
        }
        return times;
    }

    private static void awaitHeard(PairPhone phone, ToneWord word) {
        Poll.until(
                SOON,
                () -> times(phone, word) > 0,
                () -> word + " is heard, not " + ToneDetector.listen(phone.heard().pcm()).heard());
    }
}
