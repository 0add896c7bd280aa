package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

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
        Gauge.builder("sandalphone.polly.cache.size", cacheBytes, AtomicLong::get)
                .description("What the cache of phrases takes")
                .baseUnit("bytes")
                .register(registry);
        return new PollyMeters(
                ENGINES.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Function.identity(), engine -> requests(registry, engine))),
                counter(
                        registry,
                        "retries",
                        "requests",
                        "Requests made once more after a failure without any audio"),
                counter(
                        registry,
                        "overflowed",
                        "phrases",
                        "Phrases that the standard engine spoke because the chosen one had no"
                                + " room"),
                counter(
                        registry,
                        "queue.timeouts",
                        "phrases",
                        "Phrases given up because their request would have waited too long"),
                counter(
                        registry,
                        "throttled",
                        "requests",
                        "Requests that Polly refused as too many"),
                failed(registry, "before"),
                failed(registry, "after"),
                counter(
                        registry,
                        "cancelled",
                        "streams",
                        "Streams cancelled while audio was still to come"),
                counter(
                        registry,
                        "dropped",
                        "bytes",
                        "Bytes at the end of a stream that were no whole sample"),
                looked(registry, "hit"),
                looked(registry, "miss"),
                cacheBytes,
                timer(registry, "queue.wait", "How long requests waited for their turn"),
                timer(registry, "first.audio", "From a request to its first audio"));
    }

    /// Requests for speech by `engine`, one of Polly's four.
    public Counter requests(String engine) {
        return Objects.requireNonNull(requestsByEngine.get(engine), engine);
    }

    private static Counter requests(MeterRegistry registry, String engine) {
        return Counter.builder("sandalphone.polly.requests")
                .description("Requests for speech, by the engine that was to speak")
                .tag("engine", engine)
                .baseUnit("requests")
                .register(registry);
    }

    private static Counter failed(MeterRegistry registry, String moment) {
        return Counter.builder("sandalphone.polly.failed")
                .description("Phrases that failed, before or after their first audio")
                .tag("first_audio", moment)
                .baseUnit("phrases")
                .register(registry);
    }

    private static Counter looked(MeterRegistry registry, String result) {
        return Counter.builder("sandalphone.polly.cache.lookups")
                .description("Phrases looked for in the cache; nobody bills a hit")
                .tag("result", result)
                .baseUnit("phrases")
                .register(registry);
    }

    private static Counter counter(
            MeterRegistry registry, String name, String unit, String description) {
        return Counter.builder("sandalphone.polly." + name)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder("sandalphone.polly." + name)
                .description(description)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }
}
