package io.sandalphone.telephony.asterisk.ari;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Meters of the connection to Asterisk's REST interface (ARI).
///
/// @param up whether events are flowing
/// @param reconnects connections tried after the first one
/// @param unknownEvents events of a type we have no model of, skipped
/// @param malformedEvents messages that were no readable event, skipped
/// @param listenerFaults exceptions thrown by our own handling of an event, a defect
public record AriMeters(
        Map<Outcome, Timer> requests,
        Map<String, Counter> events,
        Counter otherEvents,
        AtomicBoolean up,
        Counter reconnects,
        Counter unknownEvents,
        Counter malformedEvents,
        Counter listenerFaults) {

    /// How a request ended.
    public enum Outcome {
        /// A 2xx answer.
        OK,
        /// 404: what it named does not exist (any more).
        NOT_FOUND,
        /// Any other 4xx answer.
        REFUSED,
        /// A 5xx answer.
        FAILED,
        /// A 2xx answer that could not be read.
        UNREADABLE,
        /// No answer in time.
        TIMEOUT,
        /// No connection, or it broke before the answer.
        UNREACHABLE
    }

    /// Event types counted under their own name; all others count as `other`.
    private static final List<String> COUNTED_TYPES =
            List.of(
                    "ApplicationReplaced",
                    "BridgeDestroyed",
                    "ChannelDestroyed",
                    "ChannelDtmfReceived",
                    "ChannelEnteredBridge",
                    "ChannelHangupRequest",
                    "ChannelLeftBridge",
                    "ChannelStateChange",
                    "Dial",
                    "StasisEnd",
                    "StasisStart");

    public static AriMeters register(MeterRegistry registry) {
        var up = new AtomicBoolean();
        var group = new MeterGroup(registry, "ari");
        group.gauge("up", "", "1 while events flow from Asterisk, else 0", () -> up.get() ? 1 : 0);
        return new AriMeters(
                Arrays.stream(Outcome.values())
                        .collect(
                                Collectors.toMap(
                                        Function.identity(),
                                        outcome -> requestTimer(group, outcome),
                                        (first, _) -> first,
                                        () -> new EnumMap<>(Outcome.class))),
                COUNTED_TYPES.stream()
                        .collect(
                                Collectors.toMap(
                                        Function.identity(),
                                        type -> eventCounter(group, type),
                                        (first, _) -> first,
                                        HashMap::new)),
                eventCounter(group, "other"),
                up,
                group.counter("reconnects", "", "Connections tried after the first one"),
                group.counter("events.unknown", "", "Events of an unknown type, skipped"),
                group.counter("events.malformed", "", "Messages that were no event, skipped"),
                group.counter("listener.faults", "", "Exceptions thrown while handling events"));
    }

    /// The timer of requests that ended so.
    public Timer request(Outcome outcome) {
        return Objects.requireNonNull(requests.get(outcome));
    }

    /// The counter of events of this type.
    public Counter event(String type) {
        return events.getOrDefault(type, otherEvents);
    }

    private static Timer requestTimer(MeterGroup group, Outcome outcome) {
        return group.timer(
                "requests",
                "Requests to Asterisk, from sending to the whole answer",
                "outcome",
                outcome.name().toLowerCase(Locale.ROOT));
    }

    private static Counter eventCounter(MeterGroup group, String type) {
        return group.counter("events", "", "Events received from Asterisk", "type", type);
    }
}
