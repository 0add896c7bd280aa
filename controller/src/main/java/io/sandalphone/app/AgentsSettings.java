package io.sandalphone.app;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.agent.AgentSettings;
import io.sandalphone.agent.TransferChoice;
import io.sandalphone.brain.BrainProvider;
import io.sandalphone.call.People;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.routing.DialRules;
import io.sandalphone.speech.Language;
import io.sandalphone.tools.HttpToolSettings;
import io.sandalphone.tools.ToolHosts;
import io.sandalphone.webhook.WebhookSettings;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The agents that answer calls by themselves.
///
/// @param agents by their names
/// @param people by the names of agents, to whom each may put its callers through
/// @param makers of every brain that one of them names, what makes it as its settings say
/// @param toolHosts where their tools may be
/// @param messages where messages go that they take
record AgentsSettings(
        Map<String, AgentSettings> agents,
        Map<String, People> people,
        Map<String, BrainProvider.Maker> makers,
        ToolHosts toolHosts,
        WebhookSettings messages) {
    /// Nobody answers by themselves.
    static final AgentsSettings NONE =
            new AgentsSettings(Map.of(), Map.of(), Map.of(), ToolHosts.NONE, WebhookSettings.NONE);

    AgentsSettings {
        agents = Map.copyOf(agents);
        people = Map.copyOf(people);
        makers = Map.copyOf(makers);
    }

    /// The numbers that agents ring, as digits.
    Set<String> rung() {
        return people.values().stream()
                .flatMap(each -> each.numbers().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The languages in which somebody may be spoken to when a caller was put through to them.
    Set<Language> languages() {
        Set<Language> languages = new LinkedHashSet<>();
        agents.forEach(
                (name, agent) -> {
                    Set<Language> others =
                            people.getOrDefault(name, People.NONE).others(agent.language());
                    if (!others.isEmpty()) {
                        languages.add(agent.language());
                        languages.addAll(others);
                    }
                });
        return languages;
    }

    /// Reads the sections `agents`, `agent-defaults`, `tools` and `messages`, and of `brains` those that agents name. `providers` are those that can
    /// be named, `rules` say who may be rung.
    static Setting<AgentsSettings> read(
            Section root, List<BrainProvider> providers, DialRules rules) {
        List<String> names = providers.stream().map(BrainProvider::name).toList();
        Section tools = root.section("tools");
        Setting<ToolHosts> hosts = ToolHosts.read(tools);
        ObjectNode toolDefaults = HttpToolSettings.readDefaults(tools.section("defaults"));
        Setting<WebhookSettings> messages = WebhookSettings.read(root.section("messages"));
        Setting<Boolean> takesMessages = root.make(() -> messages.get().url().isPresent());
        Section defaults = root.section("agent-defaults");
        // What agents are laid over is judged where there are none, too.
        Setting<People> usual = People.read(defaults.section("transfer"), rules);
        var _ =
                AgentSettings.read(
                        defaults, names, toolDefaults, hosts, takesMessages, choice(root, usual));
        Map<String, Section> sections = root.section("agents").sections(defaults.raw());
        Set<String> named = new HashSet<>();
        defaults.raw().path("brain").forEach(brain -> named.add(brain.asText()));
        Map<String, Setting<AgentSettings>> agents = new LinkedHashMap<>();
        Map<String, Setting<People>> people = new LinkedHashMap<>();
        sections.forEach(
                (name, section) -> {
                    section.raw().path("brain").forEach(brain -> named.add(brain.asText()));
                    Setting<People> own = People.read(section.section("transfer"), rules);
                    people.put(name, own);
                    agents.put(
                            name,
                            AgentSettings.read(
                                    section,
                                    names,
                                    toolDefaults,
                                    hosts,
                                    takesMessages,
                                    choice(root, own)));
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
                    Map<String, People> reached = new LinkedHashMap<>();
                    people.forEach((name, own) -> reached.put(name, own.get()));
                    Map<String, BrainProvider.Maker> made = new LinkedHashMap<>();
                    makers.forEach((name, maker) -> made.put(name, maker.get()));
                    return new AgentsSettings(read, reached, made, hosts.get(), messages.get());
                });
    }

    private static Setting<TransferChoice> choice(Section root, Setting<People> people) {
        return root.make(() -> people.get().choice());
    }
}
