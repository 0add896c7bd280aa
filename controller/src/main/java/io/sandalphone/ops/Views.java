package io.sandalphone.ops;

import io.sandalphone.call.CallEvent;
import io.sandalphone.call.CallView;
import io.sandalphone.config.Problem;
import io.sandalphone.cost.CostCap;
import io.sandalphone.cost.Costs;
import io.sandalphone.cost.Spending;
import io.sandalphone.speech.input.HeardLevel;
import io.sandalphone.telephony.Party;
import io.sandalphone.translate.Spans;
import io.sandalphone.web.Answers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What operators are shown, as JSON.
final class Views {
    private Views() {}

    /// The live calls, and what all calls of the day cost.
    static JsonObject sessions(List<CallView> calls, Costs today) {
        JsonArray sessions = new JsonArray();
        calls.forEach(call -> sessions.add(session(call)));
        return new JsonObject().put("sessions", sessions).put("cost_today", cost(today));
    }

    /// One call.
    static JsonObject session(CallView call) {
        return new JsonObject()
                .put("id", call.id())
                .put("state", call.state())
                .put("since", Instant.ofEpochMilli(call.sinceEpochMillis()).toString())
                .put("direction", call.direction().name().toLowerCase(Locale.ROOT))
                .put("caller", call.caller())
                .put("destination", call.destination())
                .put("caller_language", call.callerLanguage().tag())
                .put("destination_language", call.destinationLanguage().tag())
                .put("relay", call.relay())
                .put("adopted", call.adopted())
                .put("audio_attached", call.audioAttached())
                .put("utterances", call.utterances())
                .put("translation_unavailable", lanes(call.untranslated()))
                .put("interpretation_off", lanes(call.paused()))
                .put("spans", spans(call.spans()))
                .put(
                        "levels",
                        new JsonObject()
                                .put("caller", level(call.callerLevel()))
                                .put("destination", level(call.destinationLevel())))
                .put("cost", cost(call.costs()));
    }

    private static @Nullable JsonObject level(Optional<HeardLevel> level) {
        return level.map(
                        heard ->
                                new JsonObject()
                                        .put("dbov", Math.round(heard.decibels() * 10) / 10.0)
                                        .put("speech", heard.speech())
                                        .put("clipped", heard.clipped()))
                .orElse(null);
    }

    private static JsonArray lanes(Set<Party> speakers) {
        return new JsonArray(speakers.stream().sorted().map(Views::lane).toList());
    }

    /// When what happened to an utterance, since its first sample, and what the time was spent on.
    private static @Nullable JsonObject spans(@Nullable Spans spans) {
        if (spans == null) {
            return null;
        }
        var durations = new JsonObject();
        spans.durations()
                .forEach(
                        (span, millis) ->
                                durations.put(
                                        span.name().toLowerCase(Locale.ROOT) + "_ms", millis));
        return new JsonObject()
                .put("last_sample_ms", spans.lastSample())
                .put("first_partial_ms", spans.firstPartial())
                .put("committed_ms", spans.committed())
                .put("translation_asked_ms", spans.translationAsked())
                .put("translated_ms", spans.translated())
                .put("synthesis_asked_ms", spans.synthesisAsked())
                .put("first_byte_ms", spans.firstByte())
                .put("first_frame_ms", spans.firstFrame())
                .put("first_played_ms", spans.firstPlayed())
                .put("last_frame_ms", spans.lastFrame())
                .put("durations", durations);
    }

    /// What something has cost.
    static JsonObject cost(Costs costs) {
        Spending spending = costs.spending();
        return new JsonObject()
                .put("amount", spending.rounded())
                .put("currency", costs.currency().getCurrencyCode())
                .put("listened_seconds", spending.listened().toMillis() / 1e3)
                .put("translated_characters", spending.translatedCharacters())
                .put("spoken_characters", spending.spokenCharacters())
                .put("read_tokens", spending.readTokens())
                .put("written_tokens", spending.writtenTokens())
                .put("capped", costs.reached().map(CostCap::wireName).orElse(null));
    }

    static JsonObject error(String error, List<Problem> problems) {
        return Answers.error(error, details(problems));
    }

    /// What came of a numbers file; `warnings` only where there are some.
    static JsonObject loaded(NumbersReload.Outcome.Loaded loaded) {
        var json = new JsonObject().put("numbers", loaded.numbers()).put("routes", loaded.routes());
        return loaded.doubtful().isEmpty()
                ? json
                : json.put("warnings", details(loaded.doubtful()));
    }

    private static JsonArray details(List<Problem> problems) {
        JsonArray details = new JsonArray();
        for (Problem problem : problems) {
            details.add(
                    new JsonObject()
                            .put("key", problem.key())
                            .put("found", problem.found())
                            .put("expected", problem.expected()));
        }
        return details;
    }

    /// The name under which an event is sent.
    static String eventName(CallEvent event) {
        return switch (event) {
            case CallEvent.StateChanged _ -> "state";
            case CallEvent.Adopted _ -> "adopted";
            case CallEvent.Left _ -> "left";
            case CallEvent.Spent _ -> "cost";
            case CallEvent.Ended _ -> "ended";
            case CallEvent.Translation _ -> "translation";
            case CallEvent.Interpretation _ -> "interpretation";
            case CallEvent.Caption _ -> "caption";
        };
    }

    static JsonObject event(CallEvent event) {
        JsonObject json = new JsonObject().put("call", event.callId());
        return switch (event) {
            case CallEvent.StateChanged(_, var state, var at) ->
                    json.put("state", state).put("at_ms", at);
            case CallEvent.Adopted(_, var at) -> json.put("at_ms", at);
            case CallEvent.Left(_, var reason, var at) ->
                    json.put("reason", reason).put("at_ms", at);
            case CallEvent.Spent(_, var costs, var at) ->
                    json.put("cost", cost(costs)).put("at_ms", at);
            case CallEvent.Ended(_, var result, var reason, var at) ->
                    json.put("result", result).put("reason", reason).put("at_ms", at);
            case CallEvent.Translation(_, var speaker, var available, var lacking, var at) ->
                    json.put("lane", lane(speaker))
                            .put("available", available)
                            .put("lacking", new JsonArray(lacking))
                            .put("at_ms", at);
            case CallEvent.Interpretation(_, var speaker, var on, var at) ->
                    json.put("lane", lane(speaker)).put("on", on).put("at_ms", at);
            case CallEvent.Caption caption -> caption(json, caption);
        };
    }

    private static JsonObject caption(JsonObject json, CallEvent.Caption caption) {
        return json.put("lane", lane(caption.speaker()))
                .put("utterance", caption.utterance())
                .put("source_language", caption.sourceLanguage().tag())
                .put("target_language", caption.targetLanguage().tag())
                .put("said", caption.said())
                .put("translated", caption.translated())
                .put("speech_start_ms", caption.timing().speechStart())
                .put("speech_end_ms", caption.timing().speechEnd())
                .put("committed_ms", caption.timing().committed())
                .put("first_audio_ms", caption.timing().firstAudio())
                .put("audio_end_ms", caption.timing().audioEnd())
                .put("spans", spans(caption.timing().spans()))
                .put("skipped", caption.skipped());
    }

    /// The name of the direction in which `speaker` is interpreted.
    static String lane(Party speaker) {
        return switch (speaker) {
            case CALLER -> "caller-to-destination";
            case DESTINATION -> "destination-to-caller";
        };
    }
}
