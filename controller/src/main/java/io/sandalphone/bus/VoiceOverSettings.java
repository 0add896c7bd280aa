package io.sandalphone.bus;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.time.Duration;

/// How a translation is laid over the voice that it translates.
///
/// @param depth by how many dB that voice is softer beneath it
/// @param hold how long that voice stays low when the sound has run out although more is to come
/// @param match by how many dB a translation is made louder or softer, at most, to be as loud as that voice
public record VoiceOverSettings(double depth, Duration hold, double match) {
    /// What a breath takes, and what voices and telephones differ by.
    public static final VoiceOverSettings USUAL =
            new VoiceOverSettings(12, Duration.ofMillis(400), 10);

    private static final double LOUDEST = 20;
    private static final double SHALLOWEST = 3;
    private static final double DEEPEST = 40;

    public VoiceOverSettings {
        if (!(depth >= SHALLOWEST && depth <= DEEPEST)) {
            throw new IllegalArgumentException("no voice is made " + depth + " dB softer");
        }
        if (hold.isNegative()) {
            throw new IllegalArgumentException("no voice stays low for " + hold);
        }
        if (!(match >= 0 && match <= LOUDEST)) {
            throw new IllegalArgumentException("no voice is made " + match + " dB louder");
        }
    }

    /// Reads the section `voice-over`.
    public static Setting<VoiceOverSettings> read(Section section) {
        Setting<Double> depth = section.number("duck", SHALLOWEST, DEEPEST);
        Setting<Duration> hold = section.duration("hold", Duration.ZERO, Duration.ofSeconds(3));
        Setting<Double> match = section.number("match-loudness", 0, LOUDEST);
        return section.make(() -> new VoiceOverSettings(depth.get(), hold.get(), match.get()));
    }
}
