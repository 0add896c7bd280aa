package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/// What becomes of the providers of speech. One set of meters for each provider and capability, made
/// when settings name it.
public final class ResilienceMeters {
    private final MeterRegistry registry;

    private ResilienceMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    public static ResilienceMeters register(MeterRegistry registry) {
        return new ResilienceMeters(registry);
    }

    /// How a call of a provider can end, beside the kinds of failure: `ok`, and `unjudged` when
    /// nobody waited for its end.
    public static final String OK = "ok";

    public static final String UNJUDGED = "unjudged";

    /// One provider in one capability.
    ///
    /// @param opened times the breaker opened
    /// @param closed times it closed again
    /// @param refusedOpen calls refused because the breaker was open
    /// @param refusedFull calls refused because too many were under way
    /// @param calls calls by their outcome
    /// @param abandoned calls given up that have not ended yet
    /// @param hedges second requests for what took long
    /// @param hedgesWon those that answered first
    /// @param failovers times it took over from another one within a call's transcription
    /// @param failbacks times it took a transcription back from one that stood in for it
    /// @param failbacksFailed times it was tried for that and failed
    /// @param transcriptsIgnored transcripts that came too late, or had been given already
    /// @param replayLost frames of an utterance that were no longer there when it took over
    public record Provider(
            Counter opened,
            Counter closed,
            Counter refusedOpen,
            Counter refusedFull,
            Map<String, Counter> calls,
            AtomicInteger abandoned,
            Counter hedges,
            Counter hedgesWon,
            Counter failovers,
            Counter failbacks,
            Counter failbacksFailed,
            Counter transcriptsIgnored,
            Counter replayLost) {
        public Provider {
            calls = Map.copyOf(calls);
        }

        /// Counts the end of a call. `outcome` is [#OK], [#UNJUDGED] or the name of a kind of failure.
        public void ended(String outcome) {
            Counter counter = calls.get(outcome);
            if (counter == null) {
                throw new IllegalArgumentException("no such outcome: " + outcome);
            }
            counter.increment();
        }
    }

    /// The meters of `provider` in `capability`. `failures` are the names of the kinds there are;
    /// `state` is asked for the breaker's state: 0 closed, 1 half open, 2 open.
    public Provider of(
            String provider, String capability, Iterable<String> failures, IntSupplier state) {
        var abandoned = new AtomicInteger();
        gauge("breaker.state", "0 closed, 1 half open, 2 open", "", provider, capability, state);
        gauge(
                "abandoned",
                "Calls of a provider that were given up and have not ended yet",
                "calls",
                provider,
                capability,
                abandoned::get);
        Map<String, Counter> calls = new LinkedHashMap<>();
        calls.put(OK, call(provider, capability, OK));
        calls.put(UNJUDGED, call(provider, capability, UNJUDGED));
        failures.forEach(kind -> calls.put(kind, call(provider, capability, kind)));
        return new Provider(
                counter("breaker.opened", "Times a breaker opened", "", provider, capability),
                counter("breaker.closed", "Times a breaker closed", "", provider, capability),
                refused(provider, capability, "open"),
                refused(provider, capability, "full"),
                calls,
                abandoned,
                counter("hedges", "Second requests for what took long", "", provider, capability),
                counter("hedges.won", "Second requests that were first", "", provider, capability),
                counter(
                        "failovers",
                        "Times a provider took over from one that failed",
                        "",
                        provider,
                        capability),
                counter(
                        "failbacks",
                        "Times a preferred provider took back",
                        "",
                        provider,
                        capability),
                counter(
                        "failbacks.failed",
                        "Times a preferred provider failed as it took back",
                        "",
                        provider,
                        capability),
                counter(
                        "transcripts.ignored",
                        "Transcripts that came too late or had been given already",
                        "",
                        provider,
                        capability),
                counter(
                        "replay.lost",
                        "Frames of an utterance that were gone when a provider took over",
                        "frames",
                        provider,
                        capability));
    }

    private Counter call(String provider, String capability, String outcome) {
        return Counter.builder("sandalphone.resilience.calls")
                .description("Calls of providers by their outcome")
                .tag("provider", provider)
                .tag("capability", capability)
                .tag("outcome", outcome.toLowerCase(Locale.ROOT).replace('_', '-'))
                .register(registry);
    }

    private Counter refused(String provider, String capability, String reason) {
        return Counter.builder("sandalphone.resilience.refused")
                .description("Calls not made: the breaker was open, or too many were under way")
                .baseUnit("calls")
                .tag("provider", provider)
                .tag("capability", capability)
                .tag("reason", reason)
                .register(registry);
    }

    private Counter counter(
            String name, String description, String unit, String provider, String capability) {
        return Counter.builder("sandalphone.resilience." + name)
                .description(description)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tag("provider", provider)
                .tag("capability", capability)
                .register(registry);
    }

    private void gauge(
            String name,
            String description,
            String unit,
            String provider,
            String capability,
            IntSupplier value) {
        Gauge.builder("sandalphone.resilience." + name, value::getAsInt)
                .description(description)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tag("provider", provider)
                .tag("capability", capability)
                .register(registry);
    }
}
