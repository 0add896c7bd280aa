package io.sandalphone.agent;

/// What is to be done after something happened between a caller and an agent.
sealed interface FloorEffect {
    /// Begin to wait, anew where it was waited already.
    record Start(FloorTimer timer) implements FloorEffect {}

    record Cancel(FloorTimer timer) implements FloorEffect {}

    /// The agent is to answer what the caller said.
    record Answer(String said) implements FloorEffect {
        /// Without the words.
        @Override
        public String toString() {
            return "Answer[]";
        }
    }

    /// The agent's voice stops at once; what was not heard can still be said.
    record Hold() implements FloorEffect {}

    /// The agent's voice goes on from where it was heard last.
    record Resume() implements FloorEffect {}

    /// The agent says no more of this, and thinks no further; only what was heard was said.
    record Interrupt() implements FloorEffect {}

    /// The caller is told that it takes a moment.
    record AskForPatience() implements FloorEffect {}

    /// Nothing can be answered just now: the caller is told so.
    record Apologise() implements FloorEffect {}
}
