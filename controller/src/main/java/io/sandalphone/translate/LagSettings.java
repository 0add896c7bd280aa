package io.sandalphone.translate;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.media.TimeStretch;

import java.time.Duration;

/// How far an interpretation may be behind, and what is done about it before.
///
/// @param most how much sound may wait before what is said next; beyond it something is skipped
/// @param fastest the fastest pace at which it catches up; 1 leaves every voice and its pauses
///     as they are
public record LagSettings(Duration most, double fastest) {
    public LagSettings {
        if (!most.isPositive()) {
            throw new IllegalArgumentException("nothing can wait for " + most);
        }
        if (!(fastest >= 1 && fastest <= TimeStretch.FASTEST)) {
            throw new IllegalArgumentException("no voice catches up at a pace of " + fastest);
        }
    }

    /// Reads the section `interpretation`.
    static Setting<LagSettings> read(Section section) {
        Setting<Duration> most =
                section.duration("max-lag", Duration.ofSeconds(2), Duration.ofMinutes(1));
        Setting<Double> fastest = section.number("max-pace", 1, TimeStretch.FASTEST);
        return section.make(() -> new LagSettings(most.get(), fastest.get()));
    }
}
