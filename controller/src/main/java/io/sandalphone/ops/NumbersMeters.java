package io.sandalphone.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

import java.util.concurrent.atomic.AtomicInteger;

/// The numbers file. `inUse` is how many numbers the one in use has, `stale` is 1 while the file is another one that cannot be
/// used; whoever reads the file keeps both.
public record NumbersMeters(
        Counter loaded, Counter refused, AtomicInteger inUse, AtomicInteger stale) {
    public static NumbersMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "numbers");
        var inUse = new AtomicInteger();
        var stale = new AtomicInteger();
        group.gauge("in.use", "", "Called numbers of the numbers file in use", inUse::get);
        group.gauge(
                "stale",
                "",
                "1 while the numbers file has a mistake and the one before it is in use, else 0",
                stale::get);
        return new NumbersMeters(reloads(group, "loaded"), reloads(group, "refused"), inUse, stale);
    }

    private static Counter reloads(MeterGroup group, String result) {
        return group.counter(
                "reloads",
                "",
                "Times the numbers file was read while we run, because it changed or an operator"
                        + " asked",
                "result",
                result);
    }
}
