package io.sandalphone.harness.carrier;

import java.time.Duration;

/// What a telephone does when it is called.
public sealed interface Answering {
    /// Rings, and is answered.
    ///
    /// @param after how long it rings
    record After(Duration after) implements Answering {}

    /// Rings until [Phone#answer], or until the carrier gives up.
    record WhenTold() implements Answering {}

    /// Is engaged (SIP 486).
    record Busy() implements Answering {}

    /// Rings until the carrier gives up (SIP 487).
    record NoAnswer() implements Answering {}

    /// Rings shortly, then the call is declined (SIP 603), which carriers report as busy.
    record Declines() implements Answering {}

    /// There is no such telephone (SIP 404).
    record Unreachable() implements Answering {}
}
