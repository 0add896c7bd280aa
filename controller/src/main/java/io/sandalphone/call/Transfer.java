package io.sandalphone.call;

/// What an agent has decided: this person is to talk with its caller. `reason` is one sentence for the person, in the agent's
/// language; it may be empty.
///
/// Printed without either: the reason may hold what was said.
public record Transfer(Person person, String reason) {
    @Override
    public String toString() {
        return "Transfer[]";
    }
}
