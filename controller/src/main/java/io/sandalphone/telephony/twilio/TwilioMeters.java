package io.sandalphone.telephony.twilio;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

import java.util.Map;

/// Calls at Twilio: what was refused, what had to be asked for again, and what was lost.
public record TwilioMeters(
        Counter signatureMissing,
        Counter signatureWrong,
        Counter accountForeign,
        Counter webhookMalformed,
        Counter returned,
        Counter createRepeated,
        Counter createUncertain,
        Counter updateRepeated,
        Counter streamsRestored,
        Counter statusOld,
        Counter statusUnknown,
        Map<String, Counter> answeredBy) {
    public static TwilioMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "twilio");
        return new TwilioMeters(
                refused(group, "signature_missing"),
                refused(group, "signature_wrong"),
                refused(group, "foreign_account"),
                refused(group, "malformed"),
                group.counter(
                        "arrivals.returned",
                        "",
                        "Calls given back to Twilio, for the number's fallback URL to take"),
                group.counter(
                        "create.repeated",
                        "",
                        "Requests to begin a call that were made again, because Twilio certainly"
                                + " had not begun one"),
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

    private static Counter refused(MeterGroup group, String reason) {
        return group.counter(
                "refused",
                "requests",
                "Webhooks and sockets that were not believed, or not understood",
                "reason",
                reason);
    }

    private static Counter answered(MeterGroup group, String by) {
        return group.counter(
                "answered.by",
                "calls",
                "What Twilio takes the one to be that answered, where it was asked",
                "by",
                by);
    }

    /// Twilio found out who answered; `written` is its word.
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
