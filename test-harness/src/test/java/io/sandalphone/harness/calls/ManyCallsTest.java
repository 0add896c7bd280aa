package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Many calls at once, each with words of its own.
@RealAsterisk
class ManyCallsTest {
    private static final int CALLS = 20;

    private record Talk(PhoneCall caller, PhoneCall destination, List<ToneWord> words) {
        List<ToneWord> translation() {
            return words.stream().map(ToneWord::translated).toList();
        }

        /// Each once, however often a busy machine broke it into pieces.
        static List<ToneWord> translationsHeardBy(PhoneCall phone) {
            List<ToneWord> heard = new ArrayList<>();
            ToneDetector.listen(phone.media().received().heardByArrival().pcm()).words().stream()
                    .filter(word -> word.language().equals(ToneWord.SPANISH))
                    .filter(word -> heard.isEmpty() || heard.getLast() != word)
                    .forEach(heard::add);
            return heard;
        }
    }

    @Test
    void twenty_calls_at_once_hear_their_own_translation_only(AsteriskHost host) throws Exception {
        ControllerSettings settings = ControllerSettings.tones();
        for (int i = 0; i < CALLS; i++) {
            settings = settings.route("+1" + called(i), "+1" + destination(i), "");
        }
        try (var lab = CallLab.open(host, settings);
                var ends = new EndedCalls(lab)) {
            List<PhoneCall> callers = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                callers.add(lab.call("1" + called(i)));
            }
            List<Talk> talks = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                callers.get(i).awaitAnswered(SOON);
                talks.add(
                        new Talk(
                                callers.get(i),
                                lab.destinations().awaitIncoming("+1" + destination(i), SOON),
                                words(i)));
            }
            Poll.until(
                    SOON,
                    () ->
                            lab.controller().sessions().findValues("audio_attached").stream()
                                            .filter(attached -> attached.asBoolean())
                                            .count()
                                    == CALLS,
                    () -> "all are interpreted: " + lab.controller().sessions());
            talks.forEach(talk -> talk.caller.media().say(ToneSpeech.USUAL.render(talk.words)));
            for (Talk talk : talks) {
                Poll.until(
                        Duration.ofSeconds(30),
                        () -> Talk.translationsHeardBy(talk.destination).equals(talk.translation()),
                        () ->
                                talk.translation()
                                        + " is heard, not "
                                        + Talk.translationsHeardBy(talk.destination));
            }
            for (Talk talk : talks) {
                assertEquals(talk.translation(), Talk.translationsHeardBy(talk.destination));
                assertEquals(List.of(), Talk.translationsHeardBy(talk.caller));
            }
            for (Talk talk : talks) {
                talk.caller.hangUp();
                talk.destination.awaitEnded(SOON);
            }
            assertEquals(Map.of("completed caller-hung-up", CALLS), ends.awaitAll());
            System.out.println(CALLS + " calls at once, each heard its own translation");
        }
    }

    private static String called(int call) {
        return "21255501%02d".formatted(call);
    }

    private static String destination(int call) {
        return "20255501%02d".formatted(call);
    }

    /// Two different words, in an order that no other call has.
    private static List<ToneWord> words(int call) {
        List<ToneWord> english = ToneWord.of(ToneWord.ENGLISH);
        int first = call % english.size();
        int second = (first + 1 + call / english.size()) % english.size();
        return List.of(english.get(first), english.get(second));
    }
}
