package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// Requests to Google Cloud Translation, of all calls together.
///
/// @param responses requests that came back with a translation, and how long each took
/// @param unreachable requests that failed: no connection, or it broke
/// @param late requests that failed: no answer in time
/// @param overloaded requests that failed: too many in a short time
/// @param faulty requests that failed: an error of Google's, or an answer that makes no sense
/// @param quotaUsedUp requests that failed: no more today
/// @param notAllowed requests that failed: key, token or permission
/// @param rejected requests that failed: language, model or length
/// @param retries requests that were sent again
/// @param glossaryMissing requests sent without their glossary, which does not exist
/// @param contextLost answers in which the clause could not be told from its context
public record GoogleMeters(
        Timer responses,
        Counter unreachable,
        Counter late,
        Counter overloaded,
        Counter faulty,
        Counter quotaUsedUp,
        Counter notAllowed,
        Counter rejected,
        Counter retries,
        Counter glossaryMissing,
        Counter contextLost) {
    public static GoogleMeters register(MeterRegistry registry) {
        return new GoogleMeters(
                Timer.builder("sandalphone.google.responses")
                        .description("From a request for a translation to its answer")
                        .publishPercentileHistogram()
                        .register(registry),
                failed(registry, "unreachable"),
                failed(registry, "timeout"),
                failed(registry, "overloaded"),
                failed(registry, "provider-fault"),
                failed(registry, "quota"),
                failed(registry, "credentials"),
                failed(registry, "request"),
                counter(
                        registry,
                        "sandalphone.google.retries",
                        "Requests for a translation that were sent again after a failure"),
                counter(
                        registry,
                        "sandalphone.google.glossary.missing",
                        "Requests sent without the glossary of their languages, which is missing"),
                counter(
                        registry,
                        "sandalphone.google.context.lost",
                        "Answers in which a clause could not be told from its context"));
    }

    private static Counter failed(MeterRegistry registry, String kind) {
        return Counter.builder("sandalphone.google.failures")
                .description("Requests for a translation that failed, by what went wrong")
                .baseUnit("requests")
                .tag("kind", kind)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name)
                .description(description)
                .baseUnit("requests")
                .register(registry);
    }
}
