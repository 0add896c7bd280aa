package io.sandalphone.harness.kills;

import io.sandalphone.harness.calls.SoundGap;

import java.time.Duration;

/// What people may notice of a kill.
///
/// @param gap for how long one may miss the other, at most
/// @param again how long after the start they are interpreted again, at most
/// @param exchanges of how many in which each says a word one must be translated as it was said; more than one where a busy machine
///     loses packets in the midst of a word, which is heard as two words then
public record Bars(Duration gap, Duration again, int exchanges) {
    /// As people are promised it: no gap that anybody notices, and interpreted again before they have said a sentence.
    public static final Bars PROMISED =
            new Bars(SoundGap.LONGEST_UNNOTICED, Duration.ofSeconds(2), 1);
}
