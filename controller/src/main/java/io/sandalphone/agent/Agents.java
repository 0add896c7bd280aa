package io.sandalphone.agent;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The agents there are, by their names. Thread-safe: one serves all calls.
public final class Agents {
    private final Map<String, Agent> byName;
    private final CallerRates rates;

    public Agents(Map<String, Agent> byName) {
        this(byName, System::nanoTime);
    }

    /// `nanoTime` is a monotonic clock.
    public Agents(Map<String, Agent> byName, LongSupplier nanoTime) {
        this.byName = Map.copyOf(byName);
        rates = new CallerRates(nanoTime);
    }

    /// Why an agent does not take a call.
    public enum Refusal {
        NOT_ALLOWED,
        TOO_OFTEN
    }

    /// Why the agent of this name does not take a call of `caller`; empty when it does, and then the call counts. Theirs are the
    /// digits of a number, its country's first; empty where they show none.
    public Optional<Refusal> refuses(String name, Optional<String> caller) {
        CallerRules rules = named(name).settings().callers();
        if (!rules.allow(caller)) {
            return Optional.of(Refusal.NOT_ALLOWED);
        }
        return rules.callsPerHour()
                .filter(perHour -> !rates.admit(name, caller.orElse(""), perHour))
                .map(_ -> Refusal.TOO_OFTEN);
    }

    /// Where no agent is.
    public static Agents none() {
        return new Agents(Map.of());
    }

    /// The agent of this name; there must be one.
    public Agent named(String name) {
        return Objects.requireNonNull(byName.get(name), () -> "no agent " + name);
    }

    /// The same, which talks as `own` says, where something is said.
    public Agent named(String name, Optional<AgentSettings> own) {
        Agent agent = named(name);
        return own.map(agent::talking).orElse(agent);
    }

    /// Lets the agent of this name converse from now on. `history` is what the two have said so far; empty at the beginning of
    /// a call. On the call's loop. What it throws leaves nothing open.
    public Attendant attend(
            String name, AgentCall call, History history, AttendantListener listener) {
        return attend(name, Optional.empty(), call, history, listener);
    }

    /// The same, in a call in which the agent talks as `own` says, where something is said.
    public Attendant attend(
            String name,
            Optional<AgentSettings> own,
            AgentCall call,
            History history,
            AttendantListener listener) {
        return Attendant.start(named(name, own), call, history, listener);
    }
}
