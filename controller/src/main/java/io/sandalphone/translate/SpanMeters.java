package io.sandalphone.translate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// How long the spans of utterances took that were voiced to their end, of all lanes together.
public record SpanMeters(Map<Span, Timer> spans) {
    /// Where the budget of a short phrase is decided (recognizer 300 ms, translation 100, first sound 120, a tick 20), then where
    /// people notice.
    private static final Duration[] BUCKETS =
            IntStream.of(20, 50, 100, 150, 250, 400, 600, 1_000, 2_000, 4_000, 8_000)
                    .mapToObj(Duration::ofMillis)
                    .toArray(Duration[]::new);

    public SpanMeters {
        spans = Map.copyOf(spans);
    }

    static SpanMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "lane");
        var spans = new EnumMap<Span, Timer>(Span.class);
        for (Span span : Span.values()) {
            spans.put(
                    span,
                    group.timer(
                            "span",
                            "What the time of an utterance is spent on, from its first sample to"
                                    + " the last of its translation",
                            timer -> timer.serviceLevelObjectives(BUCKETS),
                            "span",
                            span.name().toLowerCase(Locale.ROOT)));
        }
        return new SpanMeters(spans);
    }

    /// An utterance was voiced to its end.
    void record(Spans utterance) {
        utterance
                .durations()
                .forEach(
                        (span, millis) -> {
                            Timer timer = spans.get(span);
                            if (timer != null) {
                                timer.record(Duration.ofMillis(millis));
                            }
                        });
    }
}
