package io.sandalphone.harness.kills;

import io.sandalphone.harness.calls.SoundGap;

import java.time.Duration;

/// What people may notice of a kill.
///
/// @param gap for how long one may miss the other, at most
/// @param again how long after the start they are interpreted again, at most
public record Bars(Duration gap, Duration again) {
    /// As people are promised it: no gap that anybody notices, and interpreted again before they have said a sentence.
    public static final Bars PROMISED = new Bars(SoundGap.LONGEST_UNNOTICED, Duration.ofSeconds(2));
}
