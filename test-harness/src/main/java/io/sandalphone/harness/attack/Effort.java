package io.sandalphone.harness.attack;

import java.util.Random;

/// How much is tried.
///
/// @param quick whether few variants of each kind are enough
/// @param seed what all chance in a run comes from
public record Effort(boolean quick, long seed) {
    /// Chance of an item's own: the same for the same seed, whatever other items are tried.
    public Random random(int number) {
        return new Random(seed * 1000 + number);
    }

    /// One of two counts.
    public int of(int quickly, int fully) {
        return quick ? quickly : fully;
    }
}
