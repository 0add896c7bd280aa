package io.sandalphone.telephony;

import java.time.Duration;
import java.util.Optional;

/// Whom to ring, for how long, and over which carrier. `number` comes from the operator, never from a
/// caller. `callerId` is shown to the one who is rung.
/// `longestCall` is the cap the carrier itself holds the leg to, from now on. `via` is the
/// [Carrier#name] over which it rings; empty: the carrier of the call.
public record Dial(
        E164 number,
        CallerId callerId,
        Duration ring,
        Duration longestCall,
        Optional<String> via) {}
