package io.sandalphone.providers.google;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

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
/// @param incomplete responses in which something was missing, or was of another type
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
        Counter contextLost,
        Counter incomplete) {
    public static GoogleMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "google");
        return new GoogleMeters(
                group.timerOfDelays("responses", "From a request for a translation to its answer"),
                failed(group, "unreachable"),
                failed(group, "timeout"),
                failed(group, "overloaded"),
                failed(group, "provider-fault"),
                failed(group, "quota"),
                failed(group, "credentials"),
                failed(group, "request"),
                group.counter(
                        "retries",
                        "requests",
                        "Requests for a translation that were sent again after a failure"),
                group.counter(
                        "glossary.missing",
                        "requests",
                        "Requests sent without the glossary of their languages, which is missing"),
                group.counter(
                        "context.lost",
                        "requests",
                        "Answers in which a clause could not be told from its context"),
                group.counter(
                        "responses.incomplete",
                        "responses",
                        "Responses in which something was missing, or was of another type"));
    }

    private static Counter failed(MeterGroup group, String kind) {
        return group.counter(
                "failures",
                "requests",
                "Requests for a translation that failed, by what went wrong",
                "kind",
                kind);
    }
}
