package io.sandalphone.agent;

import java.util.Map;
import java.util.Objects;

/// The agents there are, by their names. Thread-safe: one serves all calls.
public final class Agents {
    private final Map<String, Agent> byName;

    public Agents(Map<String, Agent> byName) {
        this.byName = Map.copyOf(byName);
    }

    /// Where no agent is.
    public static Agents none() {
        return new Agents(Map.of());
    }

    /// The agent of this name; there must be one.
    public Agent named(String name) {
        return Objects.requireNonNull(byName.get(name), () -> "no agent " + name);
    }

    /// Lets the agent of this name converse from now on. `history` is what the two have said so far; empty at the beginning of
    /// a call. On the call's loop. What it throws leaves nothing open.
    public Attendant attend(
            String name, AgentCall call, History history, AttendantListener listener) {
        return Attendant.start(named(name), call, history, listener);
    }
}
