package io.sandalphone.call;

import io.sandalphone.telephony.E164;

import java.util.Optional;

/// What a call to one of our numbers is for.
public sealed interface CallService {
    /// The caller and the one at `destination` talk with each other. `via` is the name of the carrier over
    /// which the destination is rung ([io.sandalphone.telephony.Carrier#name]); empty: the one at which
    /// the call arrived.
    record Interpreting(E164 destination, Optional<String> via) implements CallService {}

    /// The caller hears their own sound back, without engines: what a new account is tried with.
    record Echo() implements CallService {}

    /// As a configuration names them.
    enum Kind {
        INTERPRET,
        ECHO
    }

    /// The number that is rung, when one is.
    default Optional<E164> rung() {
        return switch (this) {
            case Interpreting(var destination, _) -> Optional.of(destination);
            case Echo _ -> Optional.empty();
        };
    }
}
