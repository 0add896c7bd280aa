package io.sandalphone.harness.demo;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.Map;

/// What the controller reported of the way of one utterance, in milliseconds. Throws [IllegalArgumentException] when an
/// utterance that was spoken to its end took another time than its spans together.
///
/// @param times when what happened, since the first sample of its speech; without what is not known
/// @param durations how long each span took, in their order
public record UtteranceSpans(Map<String, Long> times, Map<String, Long> durations) {
    private static final String END = "last_frame_ms";
    private static final String DURATIONS = "durations";

    public UtteranceSpans {
        times = new LinkedHashMap<>(times);
        durations = new LinkedHashMap<>(durations);
        Long end = times.get(END);
        if (end != null && end != total(durations)) {
            throw new IllegalArgumentException(
                    "spans of " + total(durations) + " ms of an utterance of " + end);
        }
    }

    static UtteranceSpans of(JsonNode json) {
        return new UtteranceSpans(numbers(json), numbers(json.path(DURATIONS)));
    }

    /// All of them together.
    long total() {
        return total(durations);
    }

    private static long total(Map<String, Long> durations) {
        return durations.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> numbers(JsonNode object) {
        var numbers = new LinkedHashMap<String, Long>();
        object.properties()
                .forEach(
                        field -> {
                            if (field.getValue().isIntegralNumber()) {
                                numbers.put(field.getKey(), field.getValue().asLong());
                            }
                        });
        return numbers;
    }
}
