package io.sandalphone.harness.converse;

/// What became of one step.
///
/// @param number from 1 on
/// @param step what it says, for people
/// @param told what happened instead, or when; may be empty
public record StepVerdict(int number, String step, Judgement judgement, String told) {
    /// Whether it came to pass.
    public enum Judgement {
        HELD,
        FAILED,
        /// What it needs is nothing that the agent was given.
        NOT_OFFERED,
        /// The call was over before.
        NOT_REACHED
    }
}
