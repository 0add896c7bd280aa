package io.sandalphone.agent;

/// What can happen between a caller and an agent who talk.
sealed interface FloorEvent {
    /// Somebody began to speak at the caller's end, or something there sounds like it. `echoes` when their telephone is known
    /// to send back what it is sent.
    record SpeechBegan(boolean echoes) implements FloorEvent {}

    /// What began has gone on for a while, and is no echo of the agent.
    record SpeechIsReal() implements FloorEvent {}

    /// Nobody has been speaking for `silentMillis` in what began, after `voicedMillis` of it.
    record SpeechPaused(long voicedMillis, long silentMillis) implements FloorEvent {}

    /// It ended. `refused` when it was no speech after all; `answered` when the recognizer has told all words of it.
    record SpeechEnded(boolean refused, boolean answered) implements FloorEvent {}

    /// The recognizer begins to understand words of the caller's own. `backchannel` when they only show that the caller
    /// listens.
    record WordsForming(boolean backchannel) implements FloorEvent {}

    /// The recognizer has understood words, or none (blank). `turnOver` when it says itself that the caller has finished;
    /// `backchannel` when they only show that they listen, while the agent has more to say.
    record WordsHeard(String text, boolean turnOver, boolean backchannel) implements FloorEvent {
        /// Without the words.
        @Override
        public String toString() {
            return "WordsHeard[turnOver=%s, backchannel=%s]".formatted(turnOver, backchannel);
        }
    }

    /// The caller has said something, and the recognizer takes long for its words.
    record WordsAwaited() implements FloorEvent {}

    /// What the caller has said was not recognized, and will not be.
    record CallerUnheard() implements FloorEvent {}

    /// The agent begins to sound.
    record AgentSounds() implements FloorEvent {}

    /// All that the agent has to say so far was heard, and more is to come.
    record AgentWaits() implements FloorEvent {}

    /// The agent has said it all, and it was heard.
    record AgentFinished() implements FloorEvent {}

    /// What the agent was to say cannot be said.
    record AgentFailed() implements FloorEvent {}

    /// A timer that an effect started has run out.
    record TimeOver(FloorTimer timer) implements FloorEvent {}
}
