package io.sandalphone.app;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.agent.AgentSettings;
import io.sandalphone.brain.BrainProvider;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.tools.HttpToolSettings;
import io.sandalphone.tools.MessageSettings;
import io.sandalphone.tools.ToolHosts;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The agents that answer calls by themselves.
///
/// @param agents by their names
/// @param makers of every brain that one of them names, what makes it as its settings say
/// @param messages where messages go that they take
record AgentsSettings(
        Map<String, AgentSettings> agents,
        Map<String, BrainProvider.Maker> makers,
        MessageSettings messages) {
    /// Nobody answers by themselves.
    static final AgentsSettings NONE = new AgentsSettings(Map.of(), Map.of(), MessageSettings.NONE);

    AgentsSettings {
        agents = Map.copyOf(agents);
        makers = Map.copyOf(makers);
    }

    /// Reads the sections `agents`, `agent-defaults`, `tools` and `messages`, and of `brains` those that agents name. `providers` are those that can
    /// be named.
    static Setting<AgentsSettings> read(Section root, List<BrainProvider> providers) {
        List<String> names = providers.stream().map(BrainProvider::name).toList();
        Section tools = root.section("tools");
        Setting<ToolHosts> hosts = ToolHosts.read(tools);
        ObjectNode toolDefaults = HttpToolSettings.readDefaults(tools.section("defaults"));
        Setting<MessageSettings> messages = MessageSettings.read(root.section("messages"));
        Setting<Boolean> takesMessages = root.make(() -> messages.get().url().isPresent());
        Section defaults = root.section("agent-defaults");
        // What agents are laid over is judged where there are none, too.
        var _ = AgentSettings.read(defaults, names, toolDefaults, hosts, takesMessages);
        Map<String, Section> sections = root.section("agents").sections(defaults.raw());
        Set<String> named = new HashSet<>();
        defaults.raw().path("brain").forEach(brain -> named.add(brain.asText()));
        Map<String, Setting<AgentSettings>> agents = new LinkedHashMap<>();
        sections.forEach(
                (name, section) -> {
                    section.raw().path("brain").forEach(brain -> named.add(brain.asText()));
                    agents.put(
                            name,
                            AgentSettings.read(section, names, toolDefaults, hosts, takesMessages));
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
                    return new AgentsSettings(read, made, messages.get());
                });
    }
}
