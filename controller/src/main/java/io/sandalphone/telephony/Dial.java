package io.sandalphone.telephony;

import java.time.Duration;
import java.util.Optional;

/// Whom to ring, for how long, and over which carrier. `destination` comes from the operator, never from a
/// caller. `callerId` is shown to the one who is rung.
/// `longestCall` is the cap the carrier itself holds the leg to, from now on. `via` is the
/// [Carrier#name] over which it rings; empty: the carrier of the call.
public record Dial(
        Destination destination,
        CallerId callerId,
        Duration ring,
        Duration longestCall,
        Optional<String> via) {
    /// The number to ring. Only a carrier of telephones asks for it, and nobody dials anything else there.
    ///
    /// @throws IllegalStateException when no telephone is to be rung
    public E164 number() {
        return switch (destination) {
            case E164 number -> number;
            case Browser _ ->
                    throw new IllegalStateException("a browser is rung over no telephone");
        };
    }
}
