package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.BOTH_WAYS;
import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.Answer;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What becomes of calls when the controller is killed in the middle of them and started again, with a journal.
@RealAsterisk
class AdoptedCallTest {
    /// Within which a call is interpreted again once the gateway is up, on a machine that does much else. Two seconds are promised, and
    /// printed is what it took.
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final AsteriskHost host;
    private final Heartbeat heartbeat = new Heartbeat();
    @TempDir private Path folder;

    AdoptedCallTest(AsteriskHost host) {
        this.host = host;
    }

    @AfterEach
    void end_what_a_failed_test_left() {
        heartbeat.close();
        host.console("channel request hangup all");
    }

    private Path journal() {
        return folder.resolve("journal");
    }

    /// What is written down now.
    private String written() {
        try {
            return Files.exists(journal()) ? Files.readString(journal()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CallLab open(ControllerSettings settings) {
        return CallLab.open(host, settings.with("journal: {file: \"" + journal() + "\"}"));
    }

    private Voices voices(JoinedCall call) {
        return new Voices(call.caller(), call.destination(), heartbeat);
    }

    private static void say(JoinedCall call, ToneWord word) {
        call.caller().media().say(ToneSpeech.USUAL.render(word));
        call.awaitSpoken(word);
    }

    private static JsonNode session(CallLab lab, String id) {
        for (JsonNode session : lab.controller().sessions()) {
            if (session.path("id").asText().equals(id)) {
                return session;
            }
        }
        throw new AssertionError(id + " does not live: " + lab.controller().sessions());
    }

    /// Starts the controller again, and waits until it interprets the call.
    private static JoinedCall restarted(CallLab lab, JoinedCall call) {
        lab.controller().restart();
        long up = System.nanoTime();
        Poll.until(
                SOON,
                () -> session(lab, call.id()).path("audio_attached").asBoolean(),
                () -> "interpreted again: " + lab.controller().sessions());
        Duration took = Duration.ofNanos(System.nanoTime() - up);
        System.out.printf("interpreted again %d ms after it is up%n", took.toMillis());
        assertTrue(took.compareTo(AGAIN) <= 0, () -> "interpreted again after " + took);
        return new JoinedCall(
                lab, call.id(), call.caller(), call.destination(), lab.controller().watch());
    }

    @Test
    void the_same_two_are_interpreted_again_and_miss_nothing_of_each_other() throws Exception {
        try (var lab = open(CallLab.tones())) {
            JoinedCall call = lab.join(BOTH_WAYS);
            say(call, ToneWord.W1);
            Poll.until(
                    SOON,
                    () -> listened(session(lab, call.id())) > 0,
                    () -> "it costs: " + lab.controller().sessions());
            // Counts and costs are written once a second.
            Poll.until(
                    SOON,
                    () -> written().contains("\"interpreted\":1"),
                    () -> "written down: " + lab.controller().sessions());
            JsonNode before = session(lab, call.id());
            call.destination()
                    .media()
                    .repeat(ToneSpeech.USUAL.withWord(Duration.ofSeconds(1)).render(ToneWord.V5));
            var voices = voices(call);
            lab.controller().kill();
            call.listen(Duration.ofMillis(500));
            JoinedCall again = restarted(lab, call);
            call.listen(Duration.ofMillis(500));
            voices.assertUnbroken("over kill -9 and re-adoption");

            JsonNode after = session(lab, call.id());
            for (String same :
                    new String[] {
                        "id",
                        "state",
                        "since",
                        "direction",
                        "caller",
                        "destination",
                        "caller_language",
                        "destination_language",
                        "relay"
                    }) {
                assertEquals(before.path(same), after.path(same), same);
            }
            assertTrue(after.path("utterances").asInt() >= before.path("utterances").asInt());
            assertTrue(listened(after) >= listened(before), () -> "costs go on: " + before + after);
            assertEquals(1, lab.controller().metric("sandalphone_calls_adopted_total"));
            assertTrue(lab.controller().log().contains("call adopted"), lab.controller()::log);
            say(again, ToneWord.W4);
            again.destination().media().say(ToneSpeech.USUAL.render(ToneWord.V2));
            again.hangUp();
            again.events().close();
            Poll.until(
                    SOON,
                    () -> written().contains("\"calls\":[]"),
                    "no call is written down any more");
        }
    }

    private static double listened(JsonNode session) {
        return session.path("cost").path("listened_seconds").asDouble();
    }

    @Test
    void a_voice_that_was_ducked_rises_and_can_be_ducked_again() throws Exception {
        try (var lab = open(CallLab.tones().engine("tone", "word", "4s"))) {
            JoinedCall call = lab.join(ONE_WAY);
            var voices = voices(call);
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W3));
            voices.awaitDucked(ToneWord.V1, ToneWord.W5);
            // Twice, so that what the second one left is not in the way of the third.
            for (int i = 0; i < 2; i++) {
                lab.controller().kill();
                call.listen(Duration.ofMillis(300));
                JoinedCall again = restarted(lab, call);
                voices.awaitFull(ToneWord.W5);
                again.events().close();
                assertEquals(1, lab.controller().sessions().size());
            }
            voices.assertUnbroken("over two kills");
            call.destination().hangUp();
            call.caller().awaitEnded(SOON);
            lab.awaitIdle();
        }
    }

    @Test
    void a_phone_that_rang_at_the_kill_is_answered_and_interpreted() throws Exception {
        try (var lab = open(CallLab.tones())) {
            lab.destinations().onIncoming(_ -> Answer.ring());
            PhoneCall caller = lab.call(ONE_WAY);
            caller.awaitRinging(SOON);
            PhoneCall destination =
                    lab.destinations().awaitIncoming(CallLab.destinationOf(ONE_WAY), SOON);
            Poll.until(SOON, () -> written().contains("from"), "the call is written down");
            String id = lab.controller().sessions().path(0).path("id").asText();
            lab.controller().kill();
            lab.controller().restart();
            Poll.until(
                    SOON,
                    () -> session(lab, id).path("state").asText().equals("dialing"),
                    () -> "it rings on: " + lab.controller().sessions());
            destination.answer();
            caller.awaitAnswered(SOON);
            Poll.until(
                    SOON,
                    () -> session(lab, id).path("audio_attached").asBoolean(),
                    () -> "interpreted: " + lab.controller().sessions());
            try (var call =
                    new JoinedCall(lab, id, caller, destination, lab.controller().watch())) {
                say(call, ToneWord.W2);
                call.hangUp();
            }
        }
    }

    @Test
    void a_broken_journal_costs_nobody_the_call() throws Exception {
        try (var lab = open(CallLab.tones())) {
            JoinedCall call = lab.join(ONE_WAY);
            var voices = voices(call);
            lab.controller().kill();
            Files.writeString(journal(), "{\"sandalphone_journal\": 1, \"calls\": [{\"id\": ");
            lab.controller().restart();
            Poll.until(
                    SOON,
                    () ->
                            lab.controller()
                                            .metric(
                                                    "sandalphone_calls_left_total{reason=\"journal-unreadable\"}")
                                    == 1,
                    () -> "left: " + lab.controller().log());
            assertTrue(lab.controller().log().contains("call left to talk untranslated"));
            assertFalse(lab.controller().check("journal").path("up").asBoolean());
            voices.assertBothHeard(ToneWord.W2, ToneWord.V2);
            call.caller().hangUp();
            call.destination().awaitEnded(SOON);
            lab.awaitIdle();
        }
    }
}
