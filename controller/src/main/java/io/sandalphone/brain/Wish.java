package io.sandalphone.brain;

import java.util.Optional;

/// What a brain wants to happen to the call. What may happen is decided by the agent's settings, never by the brain.
public sealed interface Wish {
    /// What of it a brain may ask for.
    enum Ability {
        HANG_UP,
        TRANSFER
    }

    /// The conversation is over.
    record HangUp() implements Wish {}

    /// A person is to talk with the caller: the one of that name among those the agent may transfer to; empty, or no such name: the
    /// usual one. `reason` is one sentence for the person, in the agent's language; it may be empty.
    ///
    /// Printed without either: it may hold what was said.
    record Transfer(Optional<String> to, String reason) implements Wish {
        @Override
        public String toString() {
            return "Transfer[]";
        }
    }

    /// Which ability it takes.
    default Ability ability() {
        return switch (this) {
            case HangUp _ -> Ability.HANG_UP;
            case Transfer _ -> Ability.TRANSFER;
        };
    }
}
