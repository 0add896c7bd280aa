package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.util.function.Supplier;

/// Calls as a whole.
public final class CallMeters {
    private final MeterRegistry registry;
    private final Timer talkTime;
    private final Counter releaseOverdue;
    private final Counter audioLost;

    public CallMeters(MeterRegistry registry) {
        this.registry = registry;
        talkTime =
                Timer.builder("sandalphone.call.talk.time")
                        .description("How long the two people of a call heard each other")
                        .register(registry);
        releaseOverdue =
                Counter.builder("sandalphone.call.release.overdue")
                        .description(
                                "Calls whose carrier did not confirm in time that nothing is left")
                        .register(registry);
        audioLost =
                Counter.builder("sandalphone.call.audio.lost")
                        .description(
                                "Times our own audio path beside a talking call was lost or could"
                                        + " not be built")
                        .register(registry);
    }

    /// How many calls there are, as asked of `live` whenever somebody looks.
    public void live(Supplier<Number> live) {
        Gauge.builder("sandalphone.call.live", live)
                .description("Calls that exist now, in whatever state")
                .register(registry);
    }

    /// A call ended.
    public void ended(String result, String reason) {
        Counter.builder("sandalphone.call.ended")
                .description("Calls that ended, by result and reason")
                .tag("result", result)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    public Timer talkTime() {
        return talkTime;
    }

    public Counter releaseOverdue() {
        return releaseOverdue;
    }

    public Counter audioLost() {
        return audioLost;
    }
}
