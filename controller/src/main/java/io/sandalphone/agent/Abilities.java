package io.sandalphone.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.Wish;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.tools.HttpToolSettings;
import io.sandalphone.tools.ToolHosts;
import io.sandalphone.tools.ToolParameters;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one agent can do beside talking.
///
/// @param builtIn by itself
/// @param tools with tools behind HTTP
public record Abilities(Set<Ability> builtIn, List<HttpToolSettings> tools) {
    /// Nothing but hanging up.
    public static final Abilities USUAL = new Abilities(Set.of(Ability.HANG_UP), List.of());

    // The names under which brains know what is built in.
    private static final Set<String> TAKEN =
            Set.of("hang_up", "transfer_to_person", KeysTool.NAME, "take_message");

    private static final String EXPECTED =
            "one of "
                    + Stream.of(Ability.values())
                            .map(Abilities::key)
                            .collect(Collectors.joining(", "));

    public Abilities {
        builtIn = Set.copyOf(builtIn);
        tools = List.copyOf(tools);
    }

    /// Reads the keys `abilities` and `tools` of an agent.
    ///
    /// @param toolDefaults what each tool is laid over
    /// @param hosts where tools may be
    /// @param messages whether there is somewhere for messages to go
    static Setting<Abilities> read(
            Section section,
            ObjectNode toolDefaults,
            Setting<ToolHosts> hosts,
            Setting<Boolean> messages) {
        Setting<List<Ability>> builtIn =
                section.check(
                        "abilities",
                        section.list("abilities", EXPECTED, Abilities::ability),
                        "take-message only with messages.url, where they go",
                        list -> !list.contains(Ability.TAKE_MESSAGE) || messages.get());
        Setting<List<HttpToolSettings>> tools =
                HttpToolSettings.read(section, toolDefaults, TAKEN, hosts);
        return section.make(
                () -> {
                    Set<Ability> own = EnumSet.noneOf(Ability.class);
                    own.addAll(builtIn.get());
                    if (own.contains(Ability.SEND_KEYS) || own.contains(Ability.TAKE_MESSAGE)) {
                        // Now, and not when a call needs it.
                        ToolParameters.load();
                    }
                    return new Abilities(own, tools.get());
                });
    }

    private static Ability ability(String text) {
        return Stream.of(Ability.values())
                .filter(each -> key(each).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static String key(Ability ability) {
        return ability.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What of it a brain may wish for.
    Set<Wish.Ability> wishes() {
        return builtIn.contains(Ability.HANG_UP) ? Set.of(Wish.Ability.HANG_UP) : Set.of();
    }
}
