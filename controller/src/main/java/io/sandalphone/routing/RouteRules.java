package io.sandalphone.routing;

import io.sandalphone.agent.AgentSettings;
import io.sandalphone.config.Setting;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What a route is held against when it is read. A destination must be one that `limits` lists, and not `callerId`, which is
/// ours, or empty when there is none. `carriers` and `agents` are those there are, by their names.
///
/// @param rung the numbers that agents ring, as [RouteTable#digits], for which there may be no route
public record RouteRules(
        Setting<Limits> limits,
        Supplier<String> callerId,
        Supplier<Set<String>> carriers,
        Supplier<Map<String, AgentSettings>> agents,
        Supplier<Set<String>> rung) {
    /// Where agents ring nobody.
    public RouteRules(
            Setting<Limits> limits,
            Supplier<String> callerId,
            Supplier<Set<String>> carriers,
            Supplier<Map<String, AgentSettings>> agents) {
        this(limits, callerId, carriers, agents, Set::of);
    }
}
