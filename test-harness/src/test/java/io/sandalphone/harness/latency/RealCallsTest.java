package io.sandalphone.harness.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.pairs.Pair;
import io.sandalphone.harness.pairs.PairLab;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class RealCallsTest {
    private static final Profile FAST = Profile.of("fast").orElseThrow();

    private static void addsUpAndWasPlayed(JsonNode spans) {
        long sum = 0;
        for (JsonNode duration : spans.path("durations")) {
            sum += duration.asLong();
        }
        assertEquals(spans.path("last_frame_ms").asLong(), sum, spans.toString());
        long played = spans.path("first_played_ms").asLong();
        assertTrue(played >= spans.path("first_frame_ms").asLong(), spans.toString());
    }

    @Test
    void what_the_models_hear_in_a_call_is_what_they_hear_in_virtual_time(@TempDir Path folder)
            throws Exception {
        EvaluationSet set = EvaluationSet.ofThisProject();
        var script = new ModelScript(set, 1, folder.resolve("said"));
        try (var translator = new OfflineTranslator(System.getenv());
                PairLab lab =
                        PairLab.open(
                                Pair.TWILIO_TWILIO,
                                Optional.empty(),
                                RealTimeBench.settings(script, FAST, Optional.empty()),
                                ControllerProgram.QUICK)) {
            var runs = new PolicyRuns(set, FAST, 1, translator);
            var calls = new RealCalls(lab, script);
            for (Language language : runs.languages()) {
                EvaluationSet.Utterance said = set.spokenIn(language).getFirst();
                Outcome virtual = runs.run(Policy.sideBySide().getLast(), language, said);

                List<SaidInCall.Heard> heard =
                        calls.say(said, language, virtual.sounds().getLast().until());

                SaidInCall both = SaidInCall.of(virtual, heard, PolicyRuns.other(language));
                assertTrue(both.sameClauses(), both.toString());
                assertTrue(both.heard().getFirst() > 0, both.toString());
            }
            List<JsonNode> spans =
                    lab.events().events().stream()
                            .filter(event -> event.name().equals("caption"))
                            .map(event -> event.data().path("spans"))
                            .filter(each -> each.path("last_frame_ms").isIntegralNumber())
                            .toList();
            assertEquals(2, spans.size(), spans.toString());
            spans.forEach(RealCallsTest::addsUpAndWasPlayed);
        }
    }
}
