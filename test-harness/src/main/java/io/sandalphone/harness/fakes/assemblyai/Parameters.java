package io.sandalphone.harness.fakes.assemblyai;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a client asks for, when it connects and later: checked as the service checks it.
///
/// @param revises whether the model may take words back until the end of a turn (U3 family)
/// @param confidenceThreshold `end_of_turn_confidence_threshold`
/// @param minSilence `min_turn_silence` in milliseconds
/// @param maxSilence `max_turn_silence` in milliseconds
/// @param inactivitySeconds `inactivity_timeout`, 0 when there is none
record Parameters(
        String model,
        boolean revises,
        boolean muLaw,
        int sampleRate,
        boolean formatTurns,
        boolean languageDetection,
        boolean heartbeat,
        double confidenceThreshold,
        int minSilence,
        int maxSilence,
        int inactivitySeconds) {
    private static final Set<String> IMMUTABLE =
            Set.of("universal-streaming-english", "universal-streaming-multilingual");
    private static final Set<String> REVISING =
            Set.of("universal-3-5-pro", "u3-rt-pro", "u3-pro", "whisper-rt");
    private static final Set<String> UPDATABLE =
            Set.of(
                    "type",
                    "min_turn_silence",
                    "max_turn_silence",
                    "end_of_turn_confidence_threshold",
                    "vad_threshold",
                    "format_turns",
                    "keyterms_prompt",
                    "filter_profanity",
                    "prompt",
                    "agent_context",
                    "interruption_delay",
                    "language_codes",
                    "session_heartbeat");
    private static final int MOST_KEY_TERMS = 100;
    private static final int MOST_LANGUAGES = 10;

    static Parameters of(Map<String, String> query) throws Refusal {
        String model = query.getOrDefault("speech_model", "universal-streaming-english");
        boolean revises = REVISING.contains(model);
        if (!revises && !IMMUTABLE.contains(model)) {
            throw Refusal.invalid("Invalid speech_model");
        }
        String encoding = query.getOrDefault("encoding", "pcm_s16le");
        if (!Set.of("pcm_s16le", "pcm_mulaw").contains(encoding)) {
            throw Refusal.invalid("Invalid encoding");
        }
        int rate = integer(query, "sample_rate", 0, 8000, 48_000);
        if (rate != 8000 && rate != 16_000) {
            throw Refusal.invalid("This fake hears 8000 and 16000 Hz only");
        }
        list(query, "keyterms_prompt", MOST_KEY_TERMS);
        list(query, "language_codes", MOST_LANGUAGES);
        number(query, "vad_threshold", 0.4);
        return new Parameters(
                        model,
                        revises,
                        encoding.equals("pcm_mulaw"),
                        rate,
                        flag(query, "format_turns", false),
                        flag(query, "language_detection", false),
                        flag(query, "session_heartbeat", false),
                        number(query, "end_of_turn_confidence_threshold", 0.4),
                        integer(query, "min_turn_silence", revises ? 100 : 400, 0, 10_000),
                        integer(query, "max_turn_silence", revises ? 1000 : 1280, 0, 60_000),
                        integer(query, "inactivity_timeout", 0, 5, 3600))
                .ordered();
    }

    /// After an `UpdateConfiguration`.
    Parameters updated(JsonObject message) throws Refusal {
        Map<String, String> values = new HashMap<>();
        for (String key : message.fieldNames()) {
            if (!UPDATABLE.contains(key)) {
                throw Refusal.invalid("Cannot update " + key);
            }
            values.put(key, String.valueOf(message.getValue(key)));
        }
        list(values, "keyterms_prompt", MOST_KEY_TERMS);
        list(values, "language_codes", MOST_LANGUAGES);
        number(values, "vad_threshold", 0.4);
        return new Parameters(
                        model,
                        revises,
                        muLaw,
                        sampleRate,
                        flag(values, "format_turns", formatTurns),
                        languageDetection,
                        flag(values, "session_heartbeat", heartbeat),
                        number(values, "end_of_turn_confidence_threshold", confidenceThreshold),
                        integer(values, "min_turn_silence", minSilence, 0, 10_000),
                        integer(values, "max_turn_silence", maxSilence, 0, 60_000),
                        inactivitySeconds)
                .ordered();
    }

    /// How much of the declared encoding and rate is one millisecond.
    int bytesPerMilli() {
        return sampleRate / 1000 * (muLaw ? 1 : 2);
    }

    /// The silence that ends a turn of which the service is `confidence` sure that it has ended.
    int silence(double confidence) {
        return confidence >= confidenceThreshold ? minSilence : maxSilence;
    }

    private Parameters ordered() throws Refusal {
        if (minSilence > maxSilence) {
            throw Refusal.invalid("min_turn_silence exceeds max_turn_silence");
        }
        return this;
    }

    private static int integer(
            Map<String, String> values, String key, int otherwise, int least, int most)
            throws Refusal {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Refused below, like a number out of range.
        }
        throw Refusal.invalid("Invalid " + key);
    }

    private static double number(Map<String, String> values, String key, double otherwise)
            throws Refusal {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value <= 1) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Refused below, like a number out of range.
        }
        throw Refusal.invalid("Invalid " + key);
    }

    private static boolean flag(Map<String, String> values, String key, boolean otherwise)
            throws Refusal {
        String text = values.getOrDefault(key, Boolean.toString(otherwise));
        if (!List.of("true", "false").contains(text)) {
            throw Refusal.invalid("Invalid " + key);
        }
        return text.equals("true");
    }

    private static void list(Map<String, String> values, String key, int most) throws Refusal {
        String text = values.get(key);
        if (text == null) {
            return;
        }
        try {
            var list = new JsonArray(text);
            if (list.size() <= most && list.stream().allMatch(String.class::isInstance)) {
                return;
            }
        } catch (DecodeException _) {
            // Refused below, like a list of something else.
        }
        throw Refusal.invalid("Invalid " + key);
    }
}
