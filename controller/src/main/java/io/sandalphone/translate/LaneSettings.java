package io.sandalphone.translate;

import io.sandalphone.bus.VoiceOverSettings;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.time.Duration;

/// When what is said is translated, how long one utterance may take, and how far behind it may be.
///
/// @param commit when it is translated
/// @param speculation what is translated and voiced ahead
/// @param firstAudioTimeout how long its translation may take until it begins to sound, while nothing before it
///     sounds; what would begin later is not spoken
/// @param stallTimeout how long the synthesizer may be silent in the middle of it
/// @param lag how far behind it may be
/// @param voiceOver how it is laid over the voice
/// @param keys by which keys a listener commands it
public record LaneSettings(
        CommitPolicyFactory commit,
        SpeculationSettings speculation,
        Duration firstAudioTimeout,
        Duration stallTimeout,
        LagSettings lag,
        VoiceOverSettings voiceOver,
        KeySettings keys) {
    public LaneSettings {
        if (!firstAudioTimeout.isPositive() || !stallTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "limits must be positive, not " + firstAudioTimeout + " and " + stallTimeout);
        }
    }

    /// One whose listeners have the usual keys.
    public LaneSettings(
            CommitPolicyFactory commit,
            SpeculationSettings speculation,
            Duration firstAudioTimeout,
            Duration stallTimeout,
            LagSettings lag,
            VoiceOverSettings voiceOver) {
        this(
                commit,
                speculation,
                firstAudioTimeout,
                stallTimeout,
                lag,
                voiceOver,
                KeySettings.USUAL);
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
        Setting<LagSettings> lag = LagSettings.read(section);
        Setting<VoiceOverSettings> voiceOver =
                VoiceOverSettings.read(section.section("voice-over"));
        Setting<KeySettings> keys = KeySettings.read(section.section("keys"));
        return section.make(
                () ->
                        new LaneSettings(
                                commit.get(),
                                speculation.get(),
                                firstAudio.get(),
                                stall.get(),
                                lag.get(),
                                voiceOver.get(),
                                keys.get()));
    }
}
