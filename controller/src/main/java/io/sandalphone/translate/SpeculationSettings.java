package io.sandalphone.translate;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

/// Whether what is likely to be committed is translated and voiced ahead, and what that may cost: no more characters of a lane
/// are sent to be translated, or voiced, than these many times those that are committed, but for the first few.
///
/// @param enabled whether anything is begun ahead
/// @param translationBudget at least 1; with 1 nothing is ever translated in vain
/// @param synthesisBudget at least 1; with 1 nothing is ever voiced in vain
public record SpeculationSettings(
        boolean enabled, double translationBudget, double synthesisBudget) {
    /// Nothing is begun ahead.
    public static final SpeculationSettings NONE = new SpeculationSettings(false, 1, 1);

    public SpeculationSettings {
        if (!(translationBudget >= 1) || !(synthesisBudget >= 1)) {
            throw new IllegalArgumentException(
                    "a budget is at least 1, not " + translationBudget + " and " + synthesisBudget);
        }
    }

    /// Reads the section `interpretation.speculation`.
    static Setting<SpeculationSettings> read(Section section) {
        Setting<Boolean> enabled = section.flag("enabled");
        Setting<Double> translation = section.number("translation-budget", 1, 10);
        Setting<Double> synthesis = section.number("synthesis-budget", 1, 10);
        return section.make(
                () -> new SpeculationSettings(enabled.get(), translation.get(), synthesis.get()));
    }
}
