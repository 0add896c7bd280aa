package io.sandalphone.telephony.client;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// What happens at the WebSocket for clients. `connections`, `waiting` and `standingBy` are kept by whoever
/// serves them.
public record ClientMeters(
        AtomicInteger connections,
        AtomicInteger waiting,
        AtomicInteger standingBy,
        Map<Rang, Counter> rang,
        Counter tickets,
        Counter strangeOrigins,
        Counter crowdedOut,
        Counter lost,
        Counter resumed,
        Counter early,
        Counter unheard,
        Counter slow,
        Map<ClientFault.Kind, Counter> faults) {
    /// What becomes of a call that rings clients which stand by.
    enum Rang {
        ANSWERED,
        DECLINED,
        /// The caller gave up, or nobody answered in time.
        MISSED,
        /// Nobody stood by, or all who did were in calls.
        NOBODY
    }

    public static ClientMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "client");
        var connections = new AtomicInteger();
        var waiting = new AtomicInteger();
        group.gauge("connections", "", "Connections of clients just now", connections::get);
        group.gauge(
                "waiting",
                "people",
                "People who wait for the other one of a meeting",
                waiting::get);
        var standingBy = new AtomicInteger();
        group.gauge(
                "standing.by",
                "people",
                "People who stand by for calls, those who are in one included",
                standingBy::get);
        Map<Rang, Counter> rang = new EnumMap<>(Rang.class);
        for (Rang result : Rang.values()) {
            rang.put(
                    result,
                    group.counter(
                            "rings",
                            "calls",
                            "Calls that rang clients which stand by: answered, declined, not"
                                    + " answered in time or given up (missed), or with none that"
                                    + " was free (nobody)",
                            "result",
                            result.name().toLowerCase(Locale.ROOT)));
        }
        Map<ClientFault.Kind, Counter> faults = new EnumMap<>(ClientFault.Kind.class);
        for (ClientFault.Kind kind : ClientFault.Kind.values()) {
            faults.put(
                    kind,
                    group.counter(
                            "faults",
                            "",
                            "What clients did that could not be taken as it was, each told to the"
                                    + " client",
                            "reason",
                            kind.wireName()));
        }
        return new ClientMeters(
                connections,
                waiting,
                standingBy,
                Map.copyOf(rang),
                group.counter("tickets.issued", "tickets", "Tickets that operators asked for"),
                refused(group, "origin"),
                refused(group, "crowded"),
                group.counter(
                        "connections.lost",
                        "",
                        "Connections that broke off while their person was in a call or waited"),
                group.counter(
                        "connections.resumed", "", "Clients that came back to their call in time"),
                dropped(group, "early"),
                dropped(group, "unheard"),
                dropped(group, "slow"),
                Map.copyOf(faults));
    }

    private static Counter refused(MeterGroup group, String reason) {
        return group.counter(
                "connections.refused",
                "",
                "Connections refused before they were WebSockets: from a page of another site"
                        + " (origin), or one more than may be (crowded)",
                "reason",
                reason);
    }

    private static Counter dropped(MeterGroup group, String reason) {
        return group.counter(
                "frames.dropped",
                "frames",
                "Frames of 20 ms not passed on: from a client before its call began (early), to one"
                        + " that is not connected (unheard), to one that reads too slowly (slow)",
                "reason",
                reason);
    }

    void rang(Rang result) {
        var counter = rang.get(result);
        if (counter != null) {
            counter.increment();
        }
    }

    void fault(ClientFault.Kind kind) {
        var counter = faults.get(kind);
        if (counter != null) {
            counter.increment();
        }
    }
}
