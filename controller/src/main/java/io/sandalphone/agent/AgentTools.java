package io.sandalphone.agent;

import io.sandalphone.brain.CallFacts;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.tools.AgentTool;
import io.sandalphone.tools.ToolKit;
import io.sandalphone.tools.ToolUses;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Gives agents the tools that their settings name. Thread-safe: one serves all calls.
@FunctionalInterface
public interface AgentTools {
    /// Those of an agent in `call`: a toolbox for each answer, whenever it is asked for one.
    Supplier<Toolbox> in(AgentSettings settings, AgentCall call);

    /// Those that `kit` makes, and those that need nothing but the call.
    static AgentTools of(ToolKit kit) {
        return (settings, call) -> {
            List<AgentTool> tools = tools(kit, settings, call);
            String callId = call.facts().callId();
            return () -> tools.isEmpty() ? Toolbox.NONE : new ToolUses(callId, tools, kit.meters());
        };
    }

    private static List<AgentTool> tools(ToolKit kit, AgentSettings settings, AgentCall call) {
        List<AgentTool> tools = new ArrayList<>();
        Abilities abilities = settings.abilities();
        if (abilities.builtIn().contains(Ability.SEND_KEYS)) {
            tools.add(new KeysTool(call.loop(), call.audio()));
        }
        if (abilities.builtIn().contains(Ability.TAKE_MESSAGE)) {
            CallFacts known =
                    CallContext.TellCaller.UNLESS_WITHHELD.of(call.facts(), call.withheld());
            tools.add(
                    kit.takeMessage(
                            known,
                            settings.name(),
                            settings.language().tag(),
                            call.allowance().messages(),
                            call.loop()::epochMillis));
        }
        abilities.tools().forEach(tool -> tools.add(kit.http(tool, call.facts().callId())));
        return tools;
    }
}
