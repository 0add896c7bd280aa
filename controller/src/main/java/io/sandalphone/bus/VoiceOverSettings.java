package io.sandalphone.bus;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.time.Duration;

/// How a translation is laid over the voice that it translates.
///
/// @param hold how long that voice stays low when the sound has run out although more is to come
public record VoiceOverSettings(Duration hold) {
    /// What a breath takes.
    public static final VoiceOverSettings USUAL = new VoiceOverSettings(Duration.ofMillis(400));

    public VoiceOverSettings {
        if (hold.isNegative()) {
            throw new IllegalArgumentException("no voice stays low for " + hold);
        }
    }

    /// Reads the section `voice-over`.
    public static Setting<VoiceOverSettings> read(Section section) {
        Setting<Duration> hold = section.duration("hold", Duration.ZERO, Duration.ofSeconds(3));
        return section.make(() -> new VoiceOverSettings(hold.get()));
    }
}
