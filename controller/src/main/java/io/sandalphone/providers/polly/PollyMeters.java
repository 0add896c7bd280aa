package io.sandalphone.providers.polly;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is asked of Amazon Polly.
///
/// @param requestsByEngine requests for speech, by the engine that was to speak
/// @param retries requests made once more after a failure without any audio
/// @param overflowed phrases that the standard engine spoke because the chosen one had no room
/// @param queueTimeouts phrases given up because their request would have waited too long
/// @param throttled requests that Polly refused as too many
/// @param failedEarly phrases that failed before any audio
/// @param failedLate phrases that broke off after their first audio
/// @param cancelled streams cancelled while audio was still to come
/// @param incomplete responses whose headers lacked something
/// @param bytesDropped bytes at the end of a stream that were no whole sample
/// @param cacheHits phrases found in the cache, which nobody bills
/// @param cacheMisses phrases fit for the cache and not found in it
/// @param cacheBytes what the cache takes
/// @param queueWait how long requests waited for their turn
/// @param firstAudio from a request to its first audio
public record PollyMeters(
        Map<String, Counter> requestsByEngine,
        Counter retries,
        Counter overflowed,
        Counter queueTimeouts,
        Counter throttled,
        Counter failedEarly,
        Counter failedLate,
        Counter cancelled,
        Counter incomplete,
        Counter bytesDropped,
        Counter cacheHits,
        Counter cacheMisses,
        AtomicLong cacheBytes,
        Timer queueWait,
        Timer firstAudio) {
    private static final List<String> ENGINES =
            List.of("standard", "neural", "long-form", "generative");

    public static PollyMeters register(MeterRegistry registry) {
        var cacheBytes = new AtomicLong();
        var group = new MeterGroup(registry, "polly");
        group.gauge("cache.size", "bytes", "What the cache of phrases takes", cacheBytes::get);
        return new PollyMeters(
                ENGINES.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Function.identity(), engine -> requests(group, engine))),
                group.counter(
                        "retries",
                        "requests",
                        "Requests made once more after a failure without any audio"),
                group.counter(
                        "overflowed",
                        "phrases",
                        "Phrases that the standard engine spoke because the chosen one had no"
                                + " room"),
                group.counter(
                        "queue.timeouts",
                        "phrases",
                        "Phrases given up because their request would have waited too long"),
                group.counter("throttled", "requests", "Requests that Polly refused as too many"),
                failed(group, "before"),
                failed(group, "after"),
                group.counter(
                        "cancelled", "streams", "Streams cancelled while audio was still to come"),
                group.counter(
                        "responses.incomplete",
                        "responses",
                        "Responses whose headers lacked something"),
                group.counter(
                        "dropped",
                        "bytes",
                        "Bytes at the end of a stream that were no whole sample"),
                looked(group, "hit"),
                looked(group, "miss"),
                cacheBytes,
                group.timerWithPercentiles("queue.wait", "How long requests waited for their turn"),
                group.timerWithPercentiles("first.audio", "From a request to its first audio"));
    }

    /// Requests for speech by `engine`, one of Polly's four.
    public Counter requests(String engine) {
        return Objects.requireNonNull(requestsByEngine.get(engine), engine);
    }

    private static Counter requests(MeterGroup group, String engine) {
        return group.counter(
                "requests",
                "requests",
                "Requests for speech, by the engine that was to speak",
                "engine",
                engine);
    }

    private static Counter failed(MeterGroup group, String moment) {
        return group.counter(
                "failed",
                "phrases",
                "Phrases that failed, before or after their first audio",
                "first_audio",
                moment);
    }

    private static Counter looked(MeterGroup group, String result) {
        return group.counter(
                "cache.lookups",
                "phrases",
                "Phrases looked for in the cache; nobody bills a hit",
                "result",
                result);
    }
}
