package io.sandalphone.speech.resilience;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/// What becomes of the providers of speech. One set of meters for each provider and capability, made
/// when settings name it.
public final class ResilienceMeters {
    private final MeterGroup group;

    private ResilienceMeters(MeterRegistry registry) {
        group = new MeterGroup(registry, "resilience");
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
    /// @param reconnects sessions of it opened in place of one that was lost
    /// @param stalls sessions of it given up because it no longer answered
    /// @param unanswered utterances given up that two sessions of it did not answer
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
            Counter reconnects,
            Counter stalls,
            Counter unanswered,
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
        String[] tags = {"provider", provider, "capability", capability};
        var abandoned = new AtomicInteger();
        group.gauge("breaker.state", "", "0 closed, 1 half open, 2 open", state::getAsInt, tags);
        group.gauge(
                "abandoned",
                "calls",
                "Calls of a provider that were given up and have not ended yet",
                abandoned::get,
                tags);
        Map<String, Counter> calls = new LinkedHashMap<>();
        calls.put(OK, call(OK, tags));
        calls.put(UNJUDGED, call(UNJUDGED, tags));
        failures.forEach(kind -> calls.put(kind, call(kind, tags)));
        return new Provider(
                group.counter("breaker.opened", "", "Times a breaker opened", tags),
                group.counter("breaker.closed", "", "Times a breaker closed", tags),
                refused("open", tags),
                refused("full", tags),
                calls,
                abandoned,
                group.counter("hedges", "", "Second requests for what took long", tags),
                group.counter("hedges.won", "", "Second requests that were first", tags),
                group.counter(
                        "failovers", "", "Times a provider took over from one that failed", tags),
                group.counter("failbacks", "", "Times a preferred provider took back", tags),
                group.counter(
                        "failbacks.failed",
                        "",
                        "Times a preferred provider failed as it took back",
                        tags),
                group.counter(
                        "reconnects",
                        "sessions",
                        "Sessions opened in place of one of the same provider that was lost",
                        tags),
                group.counter(
                        "stalls",
                        "sessions",
                        "Sessions given up because the provider no longer answered",
                        tags),
                group.counter(
                        "unanswered",
                        "utterances",
                        "Utterances given up that two sessions did not answer",
                        tags),
                group.counter(
                        "transcripts.ignored",
                        "",
                        "Transcripts that came too late or had been given already",
                        tags),
                group.counter(
                        "replay.lost",
                        "frames",
                        "Frames of an utterance that were gone when a provider took over",
                        tags));
    }

    private Counter call(String outcome, String... tags) {
        return group.counter(
                "calls",
                "",
                "Calls of providers by their outcome",
                and(tags, "outcome", outcome.toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    private Counter refused(String reason, String... tags) {
        return group.counter(
                "refused",
                "calls",
                "Calls not made: the breaker was open, or too many were under way",
                and(tags, "reason", reason));
    }

    private static String[] and(String[] tags, String name, String value) {
        return Stream.concat(Stream.of(tags), Stream.of(name, value)).toArray(String[]::new);
    }
}
