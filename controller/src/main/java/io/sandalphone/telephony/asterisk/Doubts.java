package io.sandalphone.telephony.asterisk;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What of a call may have changed while no events of it came, until it is known what Asterisk has. Runs on the call's loop.
final class Doubts {
    private final Set<Leg> legs = new LinkedHashSet<>();
    private boolean bridge;
    private @Nullable AudioAttempt attempt;

    /// Events of these were missed: legs that were in Stasis, the main bridge where it was made, and audio where it was attached.
    void of(List<Leg> legs, boolean bridge, @Nullable AudioAttempt attempt) {
        this.legs.clear();
        this.legs.addAll(legs);
        this.bridge = bridge;
        this.attempt = attempt;
    }

    /// Whether it is doubtful that the main bridge is there.
    boolean isBridge() {
        return bridge;
    }

    /// Whether it is doubtful that this is attached.
    boolean isAttached(@Nullable AudioAttempt audio) {
        return attempt != null && attempt == audio;
    }

    /// The legs of which it is doubtful; they are no more from now on, nor is the audio.
    List<Leg> resolve() {
        List<Leg> doubtful = List.copyOf(legs);
        legs.clear();
        attempt = null;
        return doubtful;
    }
}
