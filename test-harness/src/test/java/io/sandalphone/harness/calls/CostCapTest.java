package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;
import static io.sandalphone.harness.calls.CallLab.destinationOf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What becomes of calls when they have cost what they may. A character spoken costs one, and a word
/// has three.
@RealAsterisk
class CostCapTest {
    private static final String COSTS =
            "costs: {per-day: 5, prices: {tone: {million-characters-spoken: 1000000}}}";

    private final AsteriskHost host;
    private final Heartbeat heartbeat = new Heartbeat();

    CostCapTest(AsteriskHost host) {
        this.host = host;
    }

    @AfterEach
    void end_what_a_failed_test_left() {
        heartbeat.close();
        host.console("channel request hangup all");
    }

    @Test
    void when_a_cap_is_reached_in_mid_call_the_people_talk_on_untranslated() throws Exception {
        var settings = CallLab.tones().engine("tone", "word", "4s").with(COSTS);
        try (var lab = CallLab.open(host, settings);
                JoinedCall call = lab.join(ONE_WAY)) {
            var voices = new Voices(call.caller(), call.destination(), heartbeat);
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1));
            Poll.until(
                    SOON,
                    () -> voices.levelAtDestination(ToneWord.V1) > ToneDetector.AUDIBLE,
                    "the first translation is heard");
            // While it sounds, the second one takes the day over its cap.
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W2));
            JsonNode told =
                    call.events()
                            .await(
                                    "cost",
                                    event -> event.at("/cost/capped").asText().equals("per-day"),
                                    SOON);
            assertEquals(6, told.at("/cost/amount").asInt(), told::toString);
            call.caller().media().repeat(ToneSpeech.USUAL.render(ToneWord.W6));
            voices.awaitFull(ToneWord.W6);
            call.caller().media().hush();
            voices.assertBothHeard(ToneWord.W7, ToneWord.V4);
            call.listen(Duration.ofSeconds(1));

            JsonNode session = lab.controller().sessions().get(0);
            assertEquals("talking", session.path("state").asText());
            assertEquals("per-day", session.at("/cost/capped").asText(), session::toString);
            assertEquals(6, session.at("/cost/spoken_characters").asInt(), session::toString);
            assertEquals(List.of(), call.spoken(), "the first translation was cut short");
            List<ToneWord> heard = Heard.by(call.destination()).words();
            assertTrue(heard.contains(ToneWord.V1), heard::toString);
            assertFalse(heard.contains(ToneWord.V2), heard::toString);
            assertFalse(heard.contains(ToneWord.V7), heard::toString);
            assertEquals(
                    Set.of("waa", "wbb"),
                    call.captions().stream()
                            .map(caption -> caption.path("said").asText())
                            .collect(Collectors.toSet()));
            assertEquals(
                    1,
                    lab.controller()
                            .metric("sandalphone_cost_capped_calls_total{cap=\"per-day\"}"));
            call.hangUp();

            PhoneCall caller = lab.call(ONE_WAY);
            caller.awaitAnswered(SOON);
            PhoneCall destination = lab.destinations().awaitIncoming(destinationOf(ONE_WAY), SOON);
            new Voices(caller, destination, heartbeat).assertBothHeard(ToneWord.W3, ToneWord.V4);
            Poll.until(
                    SOON,
                    () -> lab.controller().sessions().findPath("state").asText().equals("talking"),
                    "the second call is joined");
            JsonNode second = lab.controller().get("/sessions").json();
            assertFalse(second.at("/sessions/0/audio_attached").asBoolean(), second::toString);
            assertEquals("per-day", second.at("/sessions/0/cost/capped").asText());
            assertEquals("per-day", second.at("/cost_today/capped").asText());
            assertEquals(6, second.at("/cost_today/amount").asInt(), second::toString);
            caller.hangUp();
            destination.awaitEnded(SOON);
            lab.awaitIdle();
            lab.controller().awaitLog("cost=6.000000", SOON);
        }
    }
}
