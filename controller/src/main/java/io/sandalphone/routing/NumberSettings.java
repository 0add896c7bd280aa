package io.sandalphone.routing;

import io.sandalphone.agent.AgentSettings;

import java.util.Map;
import java.util.Optional;

/// What the numbers file says of a called number beside where its calls go.
///
/// @param hours when they go there; empty: always
/// @param closed what is said to who calls at another time; empty: the usual sentence
/// @param agent how the agent who answers talks in calls to this number, where an agent does
/// @param extra what backends and tools are told of the number: `user_id`, `display_name`, and every key that means nothing
///     here, with `_` for `-`
public record NumberSettings(
        Optional<Hours> hours,
        Optional<String> closed,
        Optional<AgentSettings> agent,
        Map<String, String> extra) {
    /// Of a number that stands under `routes`.
    public static final NumberSettings NONE =
            new NumberSettings(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    public NumberSettings {
        extra = Map.copyOf(extra);
    }

    /// Printed without what it says: people may be named in it.
    @Override
    public String toString() {
        return "NumberSettings[%s, %s]".formatted(hours, extra.keySet());
    }
}
