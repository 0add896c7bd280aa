package io.sandalphone.brain;

/// One turn of a conversation: what one of the two said until the other one's turn. Of the agent's only what the caller was
/// really played, and where they interrupted, `interrupted` is set.
///
/// Printed without the words.
public record Turn(Speaker speaker, String text, boolean interrupted) {
    /// Who speaks.
    public enum Speaker {
        CALLER,
        AGENT
    }

    /// What the caller said.
    public static Turn caller(String text) {
        return new Turn(Speaker.CALLER, text, false);
    }

    /// What the agent said, and was let finish.
    public static Turn agent(String text) {
        return new Turn(Speaker.AGENT, text, false);
    }

    @Override
    public String toString() {
        return "Turn[%s, %d characters]".formatted(speaker, text.length());
    }
}
