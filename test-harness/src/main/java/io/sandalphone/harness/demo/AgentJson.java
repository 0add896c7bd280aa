package io.sandalphone.harness.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.harness.converse.CallTurn;
import io.sandalphone.harness.converse.StepVerdict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/// The report of a call to an agent as `call.json`: times in milliseconds of the call, what was not measured null.
final class AgentJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private AgentJson() {}

    static void write(Path file, AgentReport report) throws IOException {
        MAPPER.writeValue(file.toFile(), of(report));
    }

    static ObjectNode of(AgentReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("reason", report.reason());
        json.put("carrier", report.carrier());
        json.put("asterisk_version", report.asteriskVersion());
        json.put("model", report.model());
        put(json, "answer_delay_ms", report.answerDelay());
        put(json, "interruption_to_silence_ms", report.silentAfter());
        json.put("words_after_interruption", report.wordsAfter());
        json.put("heard_by_destination", report.toPerson());
        ArrayNode turns = json.putArray("turns");
        report.turns().forEach(turn -> turns.add(turn(turn)));
        ArrayNode steps = json.putArray("steps");
        for (StepVerdict step : report.steps()) {
            steps.addObject()
                    .put("step", step.step())
                    .put("judgement", step.judgement().name().toLowerCase(Locale.ROOT))
                    .put("told", step.told());
        }
        json.put("passed", report.verdict().passed());
        ArrayNode promises = json.putArray("promises");
        for (Verdict.Criterion each : report.verdict().criteria()) {
            promises.addObject()
                    .put("promise", each.promise())
                    .put("kept", each.judgement() == Verdict.Judgement.KEPT)
                    .put("measured", each.measured());
        }
        return json;
    }

    private static ObjectNode turn(CallTurn turn) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("speaker", turn.caller() ? "caller" : "agent");
        json.put("from_ms", turn.from());
        json.put("until_ms", turn.until());
        json.put("text", turn.text());
        put(json, "delay_ms", turn.delay());
        put(json, "silent_after_ms", turn.silentAfter());
        if (turn.wordsAfter().isPresent()) {
            json.put("words_after", turn.wordsAfter().getAsInt());
        } else {
            json.putNull("words_after");
        }
        return json;
    }

    private static void put(ObjectNode json, String key, OptionalLong value) {
        if (value.isPresent()) {
            json.put(key, value.getAsLong());
        } else {
            json.putNull(key);
        }
    }
}
