package io.sandalphone.harness.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.harness.demo.CallReport.Side;
import io.sandalphone.harness.demo.CallReport.Utterance;
import io.sandalphone.harness.measure.Listening;
import io.sandalphone.telephony.Party;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The report of a call as `call.json`: times in milliseconds on the caller's clock, levels in
/// decibels, what was not measured null.
public final class CallJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private CallJson() {}

    public static void write(Path file, CallReport call) throws IOException {
        MAPPER.writeValue(file.toFile(), of(call));
    }

    static ObjectNode of(CallReport call) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("result", call.result());
        json.put("reason", call.reason());
        json.put("carrier", call.carrier().toString());
        json.put("asterisk_version", call.asteriskVersion());
        json.put("providers", call.providers().toString());
        json.putObject("engines")
                .put("transcriber", call.providers().transcriber())
                .put("translator", call.providers().translator())
                .put("synthesizer", call.providers().synthesizer());
        ArrayNode utterances = json.putArray("utterances");
        call.utterances().forEach(u -> utterances.add(utterance(u)));
        json.set("destination", side(call.destination()));
        json.set("caller", side(call.caller()));
        json.set("cost", call.cost().<JsonNode>map(CallJson::cost).orElse(NullNode.instance));
        json.put("example_prices", call.providers().charged());
        json.set("left_behind", leftBehind(call.leftBehind()));
        ArrayNode lanes = json.putArray("lanes");
        for (Party speaker : Party.values()) {
            call.spokenBy(speaker).ifPresent(_ -> lanes.add(lane(call, speaker)));
        }
        Verdict verdict = Verdict.of(call);
        json.put("passed", verdict.passed());
        ArrayNode promises = json.putArray("promises");
        for (Verdict.Criterion criterion : verdict.criteria()) {
            ObjectNode promise = promises.addObject().put("promise", criterion.promise());
            switch (criterion.judgement()) {
                case KEPT -> promise.put("kept", true);
                case BROKEN -> promise.put("kept", false);
                case NOT_MEASURED -> promise.putNull("kept");
            }
            promise.put("measured", criterion.measured());
        }
        return json;
    }

    private static ObjectNode lane(CallReport call, Party speaker) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("lane", lane(speaker));
        Double errors = call.wordErrorRates().get(speaker);
        put(
                json,
                "word_error_rate",
                errors == null ? OptionalDouble.empty() : OptionalDouble.of(errors),
                1000);
        put(json, "median_delay_ms", call.delay(speaker));
        return json;
    }

    /// The name of the lane on which `speaker` is interpreted.
    static String lane(Party speaker) {
        return word(speaker) + "-to-" + word(speaker.other());
    }

    private static String word(Party party) {
        return party.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode spans(UtteranceSpans spans) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        spans.times().forEach(json::put);
        ObjectNode durations = json.putObject("durations");
        spans.durations().forEach(durations::put);
        return json;
    }

    private static ObjectNode utterance(Utterance u) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("lane", lane(u.speaker()));
        json.put("source_language", u.source().tag());
        json.put("target_language", u.target().tag());
        json.put("said", u.said());
        json.put("translated", u.translated());
        put(json, "speech_start_ms", u.times().speechStart());
        put(json, "speech_end_ms", u.times().speechEnd());
        put(json, "committed_ms", u.times().committed());
        put(json, "first_audio_ms", u.times().firstAudio());
        put(json, "audio_end_ms", u.times().audioEnd());
        put(json, "delay_ms", u.delay());
        put(json, "lag_ms", u.lag());
        u.spans().ifPresent(spans -> json.set("spans", spans(spans)));
        json.put("known_text", u.known().orElse(null));
        put(json, "word_error_rate", u.wordErrorRate(), 1000);
        ObjectNode listener = json.putObject("heard_by_listener");
        listener.put("heard", u.isHeard());
        put(
                listener,
                "fraction",
                u.heard().map(h -> OptionalDouble.of(h.fraction())).orElse(OptionalDouble.empty()),
                100);
        put(
                listener,
                "level_db",
                u.heard().map(h -> OptionalDouble.of(h.level())).orElse(OptionalDouble.empty()),
                10);
        ObjectNode speaker = json.putObject("heard_by_speaker");
        speaker.put("heard", u.isLeaked());
        put(speaker, "margin_db", finite(u.leak().map(Listening.Leak::margin).orElse(null)), 10);
        put(speaker, "at_most_db", finite(u.leak().map(Listening.Leak::level).orElse(null)), 10);
        put(json, "ducked_by_db", u.ducked(), 10);
        put(json, "restored_to_db", u.restored(), 10);
        return json;
    }

    private static ObjectNode leftBehind(CallOutcome.LeftBehind left) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("channels", left.channels()).put("bridges", left.bridges());
        left.sessions()
                .ifPresent(
                        sessions ->
                                json.putObject("recognizer_sessions")
                                        .put("opened", sessions.opened())
                                        .put("terminated", sessions.terminated()));
        return json;
    }

    private static ObjectNode cost(CostReport cost) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("amount", cost.amount())
                .put("currency", cost.currency())
                .put("listened_seconds", cost.listenedSeconds())
                .put("translated_characters", cost.translatedCharacters())
                .put("spoken_characters", cost.spokenCharacters())
                .put("capped", cost.capped().isEmpty() ? null : cost.capped());
    }

    private static ObjectNode side(Side side) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("heard_translation", side.heardTranslation());
        put(json, "original_level_db", side.original(), 10);
        put(json, "ducked_level_db", side.ducked(), 10);
        put(json, "restored_level_db", side.restored(), 10);
        json.put("recording_starts_ms", side.starts());
        return json;
    }

    private static OptionalDouble finite(@org.jspecify.annotations.Nullable Double value) {
        return value == null || !Double.isFinite(value)
                ? OptionalDouble.empty()
                : OptionalDouble.of(value);
    }

    private static void put(ObjectNode json, String key, OptionalLong value) {
        if (value.isPresent()) {
            json.put(key, value.getAsLong());
        } else {
            json.putNull(key);
        }
    }

    /// Rounded to one part in `per`.
    private static void put(ObjectNode json, String key, OptionalDouble value, int per) {
        if (value.isPresent()) {
            json.put(key, Math.round(value.getAsDouble() * per) / (double) per);
        } else {
            json.putNull(key);
        }
    }
}
