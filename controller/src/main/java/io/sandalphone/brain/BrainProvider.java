package io.sandalphone.brain;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

/// A vendor, or a program of one's own, that agents ask for by name. Found by [java.util.ServiceLoader], so one can be
/// added by adding a jar.
public interface BrainProvider {
    /// The name agents ask by, and the one its brain bears: short, in lower case.
    String name();

    /// Reads its own settings, which stand under `brains` by its name, defaults included. Called only when an agent
    /// asks for it. Starts nothing.
    Setting<Maker> read(Section own);

    /// Whether its brain tells under its [#name] of tokens that it has used, so that they can have a price.
    default boolean countsTokens() {
        return false;
    }

    /// Makes the brain, of checked settings.
    @FunctionalInterface
    interface Maker {
        /// Starts it; what it counts and times goes to `meters`. What is missing around it, or does not answer, is its
        /// unavailableReason and no failure. Whoever asked closes it.
        Brain make(MeterRegistry meters);
    }
}
