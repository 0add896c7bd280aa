package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Registers the meters of one area in one way: their names begin with `sandalphone.` and the area's
/// name, and each says what it means. A package declares its meters in a record of its own whose name
/// ends in `Meters`; docs/metrics.md is made of those.
///
/// `tags` are pairs of a name and a value. A `unit` is the plural of what is counted; it is empty where
/// the name says it already. Thread-safe.
public final class MeterGroup {
    private static final Duration[] DELAYS =
            IntStream.of(100, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000)
                    .mapToObj(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final String prefix;

    public MeterGroup(MeterRegistry registry, String area) {
        this.registry = registry;
        prefix = "sandalphone." + area + ".";
    }

    public Counter counter(String name, String unit, String description, String... tags) {
        return Counter.builder(prefix + name)
                .description(description)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tags(tags)
                .register(registry);
    }

    /// A timer with its count, its sum and its greatest value.
    public Timer timer(String name, String description, String... tags) {
        return timer(name, description, _ -> {}, tags);
    }

    /// A timer with the median and the 99th percentile as well.
    public Timer timerWithPercentiles(String name, String description, String... tags) {
        return timer(name, description, timer -> timer.publishPercentiles(0.5, 0.99), tags);
    }

    /// A timer of what people wait for, as a histogram: few buckets, at the delays that make a
    /// difference to them.
    public Timer timerOfDelays(String name, String description) {
        return timer(name, description, timer -> timer.serviceLevelObjectives(DELAYS));
    }

    /// A timer of which `shape` says what else it publishes.
    public Timer timer(
            String name, String description, Consumer<Timer.Builder> shape, String... tags) {
        var timer = Timer.builder(prefix + name).description(description).tags(tags);
        shape.accept(timer);
        return timer.register(registry);
    }

    /// A distribution of values that are not negative, as a histogram with these bounds.
    public DistributionSummary summary(
            String name, String unit, String description, double[] bounds, String... tags) {
        return DistributionSummary.builder(prefix + name)
                .description(description)
                .baseUnit(unit)
                .serviceLevelObjectives(bounds)
                .tags(tags)
                .register(registry);
    }

    /// A value that is asked for whenever somebody looks.
    public void gauge(
            String name, String unit, String description, Supplier<Number> value, String... tags) {
        Gauge.builder(prefix + name, value)
                .description(description)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tags(tags)
                .register(registry);
    }
}
