package io.sandalphone.telephony.markup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// Calls at one carrier: what was refused, what had to be asked for again, and what was lost.
public record MarkupMeters(
        Map<Refusal, Counter> refused,
        Counter returned,
        Counter createRepeated,
        Counter createUncertain,
        Counter updateRepeated,
        Counter streamsRestored,
        Counter statusOld,
        Counter statusUnknown,
        Map<String, Counter> answeredBy) {
    /// Those of the carrier that metrics call `name`, whose requests are refused for some of `reasons`.
    public static MarkupMeters register(MeterRegistry registry, String name, Set<Refusal> reasons) {
        var group = new MeterGroup(registry, name);
        Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
        reasons.forEach(reason -> refused.put(reason, refused(group, reason)));
        return new MarkupMeters(
                refused,
                group.counter(
                        "arrivals.returned",
                        "",
                        "Calls given back to the carrier, for the number's fallback URL to take"),
                group.counter(
                        "create.repeated",
                        "",
                        "Requests to begin a call that were made again, because the carrier"
                                + " certainly had not begun one"),
                group.counter(
                        "create.uncertain",
                        "",
                        "Requests to begin a call of which it is not known whether one began; they"
                                + " are not made again"),
                group.counter(
                        "update.repeated",
                        "",
                        "Requests to end or change a call that were made again"),
                group.counter(
                        "streams.restored",
                        "",
                        "Streams that broke off while the party stayed, and came back"),
                group.counter(
                        "status.old", "", "Reports of a call that told nothing new when they came"),
                group.counter("status.unknown", "", "Reports of calls that nobody has here"),
                Map.of(
                        "human", answered(group, "human"),
                        "machine", answered(group, "machine"),
                        "fax", answered(group, "fax"),
                        "unknown", answered(group, "unknown")));
    }

    private static Counter refused(MeterGroup group, Refusal reason) {
        return group.counter(
                "refused",
                "requests",
                "Webhooks and sockets that were not believed, or not understood",
                "reason",
                reason.word());
    }

    private static Counter answered(MeterGroup group, String by) {
        return group.counter(
                "answered.by",
                "calls",
                "What the carrier takes the one to be that answered, where it was asked",
                "by",
                by);
    }

    /// A request was refused.
    void refuse(Refusal reason) {
        Counter counter = refused.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    /// The carrier found out who answered; `written` is its word.
    void answeredBy(String written) {
        String by =
                written.startsWith("machine")
                        ? "machine"
                        : answeredBy.containsKey(written) ? written : "unknown";
        Counter counter = answeredBy.get(by);
        if (counter != null) {
            counter.increment();
        }
    }
}
