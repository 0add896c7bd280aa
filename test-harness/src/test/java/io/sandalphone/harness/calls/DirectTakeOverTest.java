package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Direct interpreters that fail in mid-call: the next goes on, and behind the last of them the three
/// engines that work with words.
@RealAsterisk
class DirectTakeOverTest {
    @TempDir Path folder;

    @Test
    void the_next_engine_goes_on_within_the_call_and_nothing_is_voiced_twice(AsteriskHost host)
            throws Exception {
        Path faults = Files.writeString(folder.resolve("first"), "");
        Path others = Files.writeString(folder.resolve("second"), "");
        try (CallLab lab =
                CallLab.open(
                        host,
                        CallLab.tones()
                                .speech("direct", "tone", "tone-understudy")
                                .engine("tone", "faults", faults.toString())
                                .engine("tone-understudy", "faults", others.toString()))) {
            Files.writeString(faults, "wbb interpreter-breaks-off\n");
            whileItSpeaks(lab);
            Files.writeString(faults, "wcc interpreter-dies\n");
            beforeItSpeaks(lab);
            Files.writeString(others, "wcc interpreter-dies\n");
            theLastOfThem(lab);
        }
    }

    /// What was begun is over; what is said next is another session's of the same engine.
    private static void whileItSpeaks(CallLab lab) throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            say(call, ToneWord.W1);
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W2, ToneWord.W3));
            call.listen(Duration.ofSeconds(2));
            say(call, ToneWord.W4);
            assertEquals(List.of("waa", "wdd"), call.spoken());
            Heard destination = heard(call);
            assertVoicedOnce(destination, ToneWord.V1, ToneWord.V4);
            assertEquals(List.of(), destination.tones().heard(ToneWord.V3));
            assertEquals(1, reconnected(lab, "tone", "direct"));
            assertEquals(0, tookOver(lab, "tone-understudy", "direct"));
        }
    }

    /// What another session of the same engine dies of as well, the next engine hears and says.
    private static void beforeItSpeaks(CallLab lab) throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            say(call, ToneWord.W1);
            say(call, ToneWord.W3, ToneWord.W4);
            say(call, ToneWord.W5);
            assertVoicedOnce(heard(call), ToneWord.V1, ToneWord.V3, ToneWord.V4, ToneWord.V5);
            assertEquals(2, reconnected(lab, "tone", "direct"));
            assertEquals(1, tookOver(lab, "tone-understudy", "direct"));
        }
    }

    /// The recognizer hears it, and it is translated and voiced.
    private static void theLastOfThem(CallLab lab) throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            say(call, ToneWord.W1);
            say(call, ToneWord.W3, ToneWord.W4);
            say(call, ToneWord.W5);
            assertVoicedOnce(heard(call), ToneWord.V1, ToneWord.V3, ToneWord.V4, ToneWord.V5);
            assertEquals(1, tookOver(lab, "tone", "transcriber"));
        }
    }

    private static void say(JoinedCall call, ToneWord... words) {
        call.caller().media().say(ToneSpeech.USUAL.render(words));
        call.awaitSpoken(words);
    }

    /// What the destination heard in the call, which ends. The caller heard none of it, and no event
    /// tells of a loss.
    private static Heard heard(JoinedCall call) throws InterruptedException {
        call.listen(Duration.ofMillis(300));
        Heard caller = Heard.by(call.caller());
        for (ToneWord word : ToneWord.values()) {
            assertTrue(caller.tones().loudest(word) < ToneDetector.LEAK_BOUND, word::text);
        }
        assertEquals(
                List.of(),
                call.events().events().stream()
                        .filter(event -> event.name().equals("translation"))
                        .toList());
        Heard destination = Heard.by(call.destination());
        call.hangUp();
        return destination;
    }

    private static void assertVoicedOnce(Heard destination, ToneWord... words) {
        for (ToneWord word : words) {
            long voiced = destination.millis(word);
            long once = ToneSpeech.USUAL.word().toMillis();
            assertTrue(
                    voiced > once / 2 && voiced < once * 3 / 2,
                    () -> word + " is voiced once: " + destination.tones().heard());
        }
    }

    private static double tookOver(CallLab lab, String provider, String purpose) {
        return count(lab, "failovers", provider, purpose);
    }

    private static double reconnected(CallLab lab, String provider, String purpose) {
        return count(lab, "reconnects_sessions", provider, purpose);
    }

    private static double count(CallLab lab, String what, String provider, String purpose) {
        return lab.controller()
                .metric(
                        "sandalphone_resilience_%s_total{capability=\"%s\",provider=\"%s\"}"
                                .formatted(what, purpose, provider));
    }
}
