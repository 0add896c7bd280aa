package io.sandalphone.telephony;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;

/// The sound of one leg in both directions: mono PCM at 8 kHz, in frames of 20 ms, whatever the
/// carrier's own coding. Runs on the call's loop.
public interface LegMedia {
    /// Frames of the party's voice go to `ears` from now on, in order, as they come: early, late or in
    /// bursts as the network has it. [AudioFrame#position] counts on the carrier's clock, so what was
    /// lost or never sent shows as a gap.
    void hear(FrameSink ears);

    /// Sends 20 ms to the party. Whoever calls keeps the pace; a carrier that plays from a buffer holds
    /// at most 200 ms of it, and what exceeds that is dropped and counted.
    void send(AudioFrame frame);

    /// Whether the party gets what is spoken to them alone apart from the other party's voice, by
    /// [#sendApart].
    default boolean isSplit() {
        return false;
    }

    /// Sends 20 ms of the other party's voice and of what is spoken to this party alone, in a channel
    /// each. As [#send] otherwise, and only while [#isSplit].
    default void sendApart(AudioFrame voice, AudioFrame spoken) {
        throw new IllegalStateException("one channel");
    }

    /// Runs `played` when all that was sent until now has been played to the party, as the carrier
    /// says; or, where it does not say so in time, when it must have been; or when it never will be. Once,
    /// and never inside this call.
    void whenPlayed(Runnable played);

    /// Runs `told` when the carrier says that all that was sent until now has been played to the party. Never where it says
    /// no such thing, or what was sent is dropped; once, and never inside this call.
    default void whenToldPlayed(Runnable told) {}

    /// Drops what the carrier has not played yet.
    void clear();
}
