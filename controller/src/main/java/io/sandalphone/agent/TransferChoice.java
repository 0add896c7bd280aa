package io.sandalphone.agent;

import java.util.List;
import java.util.Optional;

/// Whom an agent may put its callers through to, by name. Where they are reached an agent and its brain never know.
///
/// @param names of the people, the usual one first
/// @param whenFailing who gets the caller when the agent cannot go on; empty: nobody, the call ends
public record TransferChoice(List<String> names, Optional<String> whenFailing) {
    /// Nobody.
    public static final TransferChoice NONE = new TransferChoice(List.of(), Optional.empty());

    public TransferChoice {
        names = List.copyOf(names);
        if (!whenFailing.map(names::contains).orElse(true)) {
            throw new IllegalArgumentException("when-failing is none of the people of to");
        }
    }

    /// Whether there is nobody.
    public boolean isEmpty() {
        return names.isEmpty();
    }
}
