package io.sandalphone.translate;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.time.Duration;

/// When what is said is translated, how long one utterance may take, and how many may wait.
///
/// @param commit when it is translated
/// @param speculation what is translated and voiced ahead
/// @param firstAudioTimeout how long after it was committed its translation may begin to sound; what
///     would begin later is not spoken
/// @param stallTimeout how long the synthesizer may be silent in the middle of it
/// @param maxQueued how many utterances may wait to be spoken; the next one is dropped
public record LaneSettings(
        CommitPolicyFactory commit,
        SpeculationSettings speculation,
        Duration firstAudioTimeout,
        Duration stallTimeout,
        int maxQueued) {
    public LaneSettings {
        if (!firstAudioTimeout.isPositive() || !stallTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "limits must be positive, not " + firstAudioTimeout + " and " + stallTimeout);
        }
        if (maxQueued < 1) {
            throw new IllegalArgumentException("max-queued " + maxQueued + " lets nothing wait");
        }
    }

    /// Reads the section `interpretation`.
    public static Setting<LaneSettings> read(Section section) {
        Setting<CommitMode> commit = section.choice("commit", CommitMode.class);
        Setting<SpeculationSettings> speculation =
                SpeculationSettings.read(section.section("speculation"));
        Setting<Duration> firstAudio =
                section.duration(
                        "first-audio-timeout", Duration.ofMillis(200), Duration.ofMinutes(1));
        Setting<Duration> stall =
                section.duration("stall-timeout", Duration.ofMillis(200), Duration.ofMinutes(1));
        Setting<Integer> maxQueued = section.integer("max-queued", 1, 100);
        return section.make(
                () ->
                        new LaneSettings(
                                commit.get(),
                                speculation.get(),
                                firstAudio.get(),
                                stall.get(),
                                maxQueued.get()));
    }
}
