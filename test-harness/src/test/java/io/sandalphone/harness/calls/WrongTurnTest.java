package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.Answer;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Calls that do not go as people wish: what the caller hears, and what is counted.
@RealAsterisk
class WrongTurnTest {
    private final AsteriskHost host;
    @TempDir Path folder;

    WrongTurnTest(AsteriskHost host) {
        this.host = host;
    }

    @Test
    void the_caller_learns_how_the_destination_answered() throws Exception {
        Map<Answer, Integer> answers = new LinkedHashMap<>();
        answers.put(Answer.refuse(486), 486);
        answers.put(Answer.refuse(603), 403);
        answers.put(Answer.refuse(480), 480);
        answers.put(Answer.refuse(503), 503);
        answers.put(Answer.refuse(404), 404);
        answers.put(Answer.ring(), 480);
        answers.put(Answer.ignore(), 480);
        try (var lab = CallLab.open(host, shortRinging());
                var ends = new EndedCalls(lab)) {
            for (var answer : answers.entrySet()) {
                lab.destinations().onIncoming(_ -> answer.getKey());
                PhoneCall caller = lab.call(ONE_WAY);
                assertEquals(answer.getValue(), caller.finalStatus(SOON), answer.toString());
            }
            assertEquals(
                    Map.of(
                            "not-connected destination-busy", 1,
                            "not-connected destination-declined", 1,
                            "not-connected destination-unreachable", 2,
                            "not-connected destination-no-answer", 3),
                    ends.awaitAll());
        }
    }

    @Test
    void a_destination_whose_host_is_not_there_is_given_up_after_the_ringing_time()
            throws Exception {
        try (var lab = CallLab.open(host, shortRinging());
                var ends = new EndedCalls(lab)) {
            lab.destinations().close();
            assertEquals(480, lab.call(ONE_WAY).finalStatus(SOON));
            assertEquals(Map.of("not-connected destination-no-answer", 1), ends.awaitAll());
        }
    }

    @Test
    void a_destination_that_speaks_before_it_answers_is_interpreted_after() throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones())) {
            lab.destinations().onIncoming(_ -> Answer.afterEarlyMedia(Duration.ofMillis(700)));
            try (JoinedCall call = lab.join(ONE_WAY)) {
                call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W4));
                call.awaitSpoken(ToneWord.W4);
            }
        }
    }

    @Test
    void an_unknown_number_does_not_exist() throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones());
                var ends = new EndedCalls(lab)) {
            assertEquals(404, lab.call("15550100077").finalStatus(SOON));
            assertEquals(Map.of("refused unknown-number", 1), ends.awaitAll());
        }
    }

    @Test
    void one_call_more_than_the_limit_is_turned_away_and_the_others_go_on() throws Exception {
        try (var lab = CallLab.open(host, CallLab.tones().limit(1));
                var ends = new EndedCalls(lab);
                JoinedCall call = lab.join(ONE_WAY)) {
            assertEquals(503, lab.call(ONE_WAY).finalStatus(SOON));
            assertTrue(call.caller().isUp());
            call.hangUp();
            assertEquals(
                    Map.of("completed caller-hung-up", 1, "refused call-limit", 1),
                    ends.awaitAll());
        }
    }

    @Test
    void a_call_ends_when_its_time_is_up_and_asterisk_has_a_limit_of_its_own() throws Exception {
        ControllerSettings settings =
                ControllerSettings.tones()
                        .route(
                                "+" + ONE_WAY,
                                CallLab.destinationOf(ONE_WAY),
                                "max-duration: 3s, ring-timeout: 5s");
        try (var lab = CallLab.open(host, settings);
                var ends = new EndedCalls(lab)) {
            JoinedCall call = lab.join(ONE_WAY);
            for (var channel : host.channels()) {
                if (channel.path("name").asText().startsWith("PJSIP/")) {
                    long left = secondsLeft(channel.path("name").asText());
                    assertTrue(left > 30 && left <= 38, "hung up after " + left + " s");
                }
            }
            call.caller().awaitEnded(SOON);
            call.destination().awaitEnded(SOON);
            assertTrue(call.caller().endedByFarEnd() && call.destination().endedByFarEnd());
            assertEquals(Map.of("completed time-limit", 1), ends.awaitAll());
        }
    }

    /// After how many seconds Asterisk hangs the channel up by itself.
    private long secondsLeft(String channel) {
        String shown = host.console("core show channel " + channel);
        Matcher end = Pattern.compile("Time to Hangup: ([0-9]+)").matcher(shown);
        assertTrue(end.find(), shown);
        return Long.parseLong(end.group(1)) - System.currentTimeMillis() / 1000;
    }

    @Test
    void a_translation_that_fails_is_told_and_the_next_one_is_spoken() throws Exception {
        failAt("whh translator-throws\n", "translation");
    }

    @Test
    void a_voice_that_never_comes_is_told_and_the_next_one_is_heard() throws Exception {
        failAt("vhh synthesizer-hangs\n", "synthesis");
    }

    private void failAt(String fault, String stage) throws Exception {
        Path faults = Files.writeString(folder.resolve("faults"), fault);
        try (var lab =
                CallLab.open(
                        host,
                        CallLab.tones()
                                .engine("tone", "faults", faults.toString())
                                .with("interpretation: {first-audio-timeout: 1s}"))) {
            JoinedCall broken = lab.join(ONE_WAY);
            JoinedCall other = lab.join(CallLab.BOTH_WAYS);
            broken.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W8));
            other.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W2));
            other.awaitSpoken(ToneWord.W2);
            assertEquals("[\"" + stage + "\"]", broken.awaitLoss().path("lacking").toString());
            broken.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W3));
            broken.awaitSpoken(ToneWord.W3);
            broken.awaitReturn();
            assertEquals(
                    1,
                    lab.controller()
                            .metric(
                                    "sandalphone_lane_utterances_total{outcome=\""
                                            + stage
                                            + "_failed\"}"));
            assertEquals(List.of("wcc"), broken.spoken());
            assertTrue(broken.caller().isUp(), () -> broken.caller().history());
            assertTrue(broken.destination().isUp(), () -> broken.destination().history());
            other.caller().hangUp();
            broken.caller().hangUp();
            lab.awaitIdle();
        }
    }

    private static ControllerSettings shortRinging() {
        return ControllerSettings.tones()
                .route("+" + ONE_WAY, CallLab.destinationOf(ONE_WAY), "ring-timeout: 2s");
    }
}
