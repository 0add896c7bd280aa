package io.sandalphone.harness.attack.cases;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Pair;
import io.sandalphone.harness.attack.Phones;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SetClock;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The time of day of the controller's process is set in mid-call, as an NTP server does (by libfaketime;
/// the machine's clock and the monotonic one are left alone): nothing within a call takes longer for it.
final class SteppedClock implements AttackCase {
    @Override
    public int number() {
        return 11;
    }

    @Override
    public String tried() {
        return "the controller's time of day set an hour back and forth in mid-call";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        lab.stopController();
        var clock = new SetClock(lab.newFolder("clock"));
        try (ControllerProcess controller =
                        ControllerProcess.start(
                                lab.host(),
                                AttackLab.configuration(lab.host(), ""),
                                ControllerProgram.QUICK.runBy(
                                        clock.before().toArray(String[]::new)));
                Phones phones = lab.phones();
                Pair pair = phones.join(controller, AttackLab.ONE_WAY)) {
            pair.sayAndAwait(ToneWord.W1);
            int word = 2;
            for (Duration offset :
                    List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ZERO)) {
                ToneWord next = ToneWord.valueOf("W" + word++);
                tries.attempt(
                        "set by " + offset.toSeconds() + " s",
                        () -> {
                            pair.pause();
                            pair.caller().media().say(ToneSpeech.USUAL.render(next));
                            // While they speak, or their words are on the way.
                            clock.set(offset);
                            plausible(pair.awaitSpoken(AttackLab.SOON, next));
                            pair.deaf(AttackLab.SOON)
                                    .ifPresent(
                                            found -> {
                                                throw new AssertionError(found);
                                            });
                        });
            }
            Poll.until(AttackLab.SOON, pair::isUp, "the call goes on");
            double longest = controller.metric("sandalphone_lane_first_audio_seconds_max");
            tries.check(
                    "how late translations were, in the metrics",
                    longest < 60,
                    () -> "the longest is " + longest + " s");
        }
    }

    /// What belongs to one utterance lies within a minute.
    private static void plausible(JsonNode caption) {
        List<Long> times = new ArrayList<>();
        caption.properties()
                .forEach(
                        field -> {
                            if (field.getKey().endsWith("_ms") && field.getValue().isNumber()) {
                                times.add(field.getValue().asLong());
                            }
                        });
        long length = Collections.max(times) - Collections.min(times);
        if (length > Duration.ofMinutes(1).toMillis()) {
            throw new AssertionError("an utterance took " + length + " ms: " + caption);
        }
    }
}
