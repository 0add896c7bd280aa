package io.sandalphone.tools;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;
import io.sandalphone.tools.ToolResult.Outcome;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// What agents did with their tools.
///
/// @param uses of tools, by how they ended
/// @param duration of each use of one that there is and whose arguments fit
/// @param messages that were delivered
/// @param messagesLost that could not be
public record ToolMeters(
        Map<Outcome, Counter> uses, Timer duration, Counter messages, Counter messagesLost) {
    public static ToolMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "tools");
        Map<Outcome, Counter> uses = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            uses.put(
                    outcome,
                    group.counter(
                            "uses",
                            "",
                            "Tools that agents wanted to use, by how that ended",
                            "outcome",
                            outcome.wireName()));
        }
        return new ToolMeters(
                uses,
                group.timer("duration", "How long tools took"),
                group.counter("messages.delivered", "", "Messages of callers that were delivered"),
                group.counter(
                        "messages.lost",
                        "",
                        "Messages of callers that could not be delivered, and are lost"));
    }

    void ended(Outcome outcome) {
        Objects.requireNonNull(uses.get(outcome)).increment();
    }
}
