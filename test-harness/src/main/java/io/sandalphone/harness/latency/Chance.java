package io.sandalphone.harness.latency;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Where all chance of a run comes from: the same for the same seed, utterance and purpose, whatever was drawn before, so that
/// each way to commit meets the same delays and the same mistakes.
///
/// @param seed of the run
/// @param utterance of the set
public record Chance(long seed, String utterance) {
    /// For what `purpose` names, and `text` or number.
    public RandomGenerator of(String purpose, Object which) {
        return new SplittableRandom(
                seed * 1_000_003 + Objects.hash(utterance, purpose, which.toString()));
    }
}
