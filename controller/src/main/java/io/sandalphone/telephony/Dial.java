package io.sandalphone.telephony;

import java.time.Duration;

/// Whom to ring and for how long. `number` comes from the operator, never from a caller. `callerId` is
/// shown to the one who is rung.
/// `longestCall` is the cap the carrier itself holds the leg to, from now on.
public record Dial(E164 number, CallerId callerId, Duration ring, Duration longestCall) {}
