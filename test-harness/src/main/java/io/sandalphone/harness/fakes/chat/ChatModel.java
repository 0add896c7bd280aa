package io.sandalphone.harness.fakes.chat;

/// The model behind a server: what it answers, how fast, and how the server writes it down.
///
/// @param seed of all that is left to chance
public record ChatModel(ChatScript script, ChatPace pace, WireHabits habits, long seed) {
    /// One that takes no time, behind a server with the usual habits.
    public static ChatModel instant(ChatScript script) {
        return new ChatModel(script, ChatPace.INSTANT, WireHabits.USUAL, 1);
    }

    public ChatModel withPace(ChatPace pace) {
        return new ChatModel(script, pace, habits, seed);
    }

    public ChatModel withHabits(WireHabits habits) {
        return new ChatModel(script, pace, habits, seed);
    }
}
