package io.sandalphone.agent;

/// What an agent can do by itself beside talking, where its settings switch it on.
public enum Ability {
    /// End the call.
    HANG_UP,
    /// Press keys that the caller's end hears.
    SEND_KEYS,
    /// Take a message for the operator's people.
    TAKE_MESSAGE
}
