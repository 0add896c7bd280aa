package io.sandalphone.app;

import io.sandalphone.agent.AgentSettings;
import io.sandalphone.brain.BrainProvider;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The agents that answer calls by themselves.
///
/// @param agents by their names
/// @param makers of every brain that one of them names, what makes it as its settings say
record AgentsSettings(Map<String, AgentSettings> agents, Map<String, BrainProvider.Maker> makers) {
    /// Nobody answers by themselves.
    static final AgentsSettings NONE = new AgentsSettings(Map.of(), Map.of());

    AgentsSettings {
        agents = Map.copyOf(agents);
        makers = Map.copyOf(makers);
    }

    /// Reads the sections `agents` and `agent-defaults`, and of `brains` those that agents name. `providers` are those that can
    /// be named.
    static Setting<AgentsSettings> read(Section root, List<BrainProvider> providers) {
        List<String> names = providers.stream().map(BrainProvider::name).toList();
        Section defaults = root.section("agent-defaults");
        // What agents are laid over is judged where there are none, too.
        var _ = AgentSettings.read(defaults, names);
        Map<String, Section> sections = root.section("agents").sections(defaults.raw());
        Set<String> named = new HashSet<>();
        defaults.raw().path("brain").forEach(brain -> named.add(brain.asText()));
        Map<String, Setting<AgentSettings>> agents = new LinkedHashMap<>();
        sections.forEach(
                (name, section) -> {
                    section.raw().path("brain").forEach(brain -> named.add(brain.asText()));
                    agents.put(name, AgentSettings.read(section, names));
                });
        Section brains = root.section("brains");
        Map<String, Setting<BrainProvider.Maker>> makers = new LinkedHashMap<>();
        for (BrainProvider provider : providers) {
            if (named.contains(provider.name())) {
                makers.put(provider.name(), provider.read(brains.optionalSection(provider.name())));
            } else {
                brains.ignore(provider.name());
            }
        }
        return root.make(
                () -> {
                    Map<String, AgentSettings> read = new LinkedHashMap<>();
                    agents.forEach((name, agent) -> read.put(name, agent.get()));
                    Map<String, BrainProvider.Maker> made = new LinkedHashMap<>();
                    makers.forEach((name, maker) -> made.put(name, maker.get()));
                    return new AgentsSettings(read, made);
                });
    }
}
