package io.sandalphone.harness.converse;

import io.sandalphone.harness.converse.StepVerdict.Judgement;

import java.util.List;

/// What became of a conversation.
///
/// @param never what was heard that must not be heard in all the call
public record Verdict(List<StepVerdict> steps, List<Phrase> never) {
    public Verdict {
        steps = List.copyOf(steps);
        never = List.copyOf(never);
    }

    /// Whether all came to pass.
    public boolean holds() {
        return never.isEmpty()
                && steps.stream().allMatch(step -> step.judgement() == Judgement.HELD);
    }
}
