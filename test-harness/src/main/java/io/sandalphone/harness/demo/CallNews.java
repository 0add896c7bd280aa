package io.sandalphone.harness.demo;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.EventWatch;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// What the controller's event feed tells of calls.
sealed interface CallNews {
    /// The call entered a state.
    record State(String state) implements CallNews {}

    /// What the call has cost so far.
    record Cost(CostReport cost) implements CallNews {}

    /// The call is over.
    record Ended(String result, String reason) implements CallNews {}

    /// What is known so far of an utterance; replaces what was known before.
    record Caption(UtteranceReport utterance) implements CallNews {}

    /// What an event of the feed tells; empty when it is none of these.
    static Optional<CallNews> of(EventWatch.Event event) {
        JsonNode json = event.data();
        return switch (event.name()) {
            case "state" -> Optional.of(new State(json.path("state").asText()));
            case "ended" ->
                    Optional.of(
                            new Ended(json.path("result").asText(), json.path("reason").asText()));
            case "cost" -> Optional.of(new Cost(cost(json.path("cost"))));
            case "caption" -> Optional.of(new Caption(utterance(json)));
            default -> Optional.empty();
        };
    }

    private static CostReport cost(JsonNode json) {
        return new CostReport(
                json.path("amount").decimalValue(),
                json.path("currency").asText(),
                json.path("listened_seconds").decimalValue(),
                json.path("translated_characters").asLong(),
                json.path("spoken_characters").asLong(),
                json.path("capped").asText(""));
    }

    private static UtteranceReport utterance(JsonNode json) {
        return new UtteranceReport(
                json.path("lane").asText().startsWith("destination")
                        ? Party.DESTINATION
                        : Party.CALLER,
                json.path("utterance").asInt(),
                new Language(json.path("source_language").asText()),
                new Language(json.path("target_language").asText()),
                text(json, "said"),
                text(json, "translated"),
                new UtteranceReport.Stages(
                        millis(json, "speech_start_ms"),
                        millis(json, "speech_end_ms"),
                        millis(json, "committed_ms"),
                        millis(json, "first_audio_ms"),
                        millis(json, "audio_end_ms")),
                json.hasNonNull("spans")
                        ? Optional.of(UtteranceSpans.of(json.get("spans")))
                        : Optional.empty());
    }

    private static @Nullable String text(JsonNode json, String key) {
        return json.hasNonNull(key) ? json.get(key).asText() : null;
    }

    private static @Nullable Long millis(JsonNode json, String key) {
        return json.hasNonNull(key) ? json.get(key).asLong() : null;
    }
}
