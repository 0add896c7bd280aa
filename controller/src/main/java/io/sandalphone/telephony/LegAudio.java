package io.sandalphone.telephony;

import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;

/// The private audio path beside one leg: hears that party alone, and speaks to that party alone.
/// Runs on the call's loop.
public interface LegAudio {
    /// Frames of this party's voice go to `ears` from now on, at 8 kHz, at full level whatever the
    /// ducking.
    void hear(FrameSink ears);

    /// Asks `mouth` for a frame every 20 ms by the clock from now on, until it gives null.
    /// Call it again when there is something to say again. A second call while frames are still
    /// being asked for does nothing.
    void speak(FrameSource mouth);

    /// Sinks this party's voice, as the other party hears it, to a quarter (-12 dB).
    void duck();

    /// Brings this party's voice back to its full level.
    void restore();
}
