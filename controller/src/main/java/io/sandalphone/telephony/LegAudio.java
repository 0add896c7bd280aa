package io.sandalphone.telephony;

import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;

import java.time.Duration;

/// The private audio path beside one leg: hears that party alone, and speaks to that party alone.
/// Runs on the call's loop.
public interface LegAudio {
    /// The [name][LegCarrier#name] of the carrier at which the leg is; `none` of one that is at none, in a trial.
    default String carrier() {
        return "none";
    }

    /// Frames of this party's voice go to `ears` from now on, at 8 kHz, at full level whatever the
    /// ducking.
    void hear(FrameSink ears);

    /// Begins a talk spurt: asks `mouth` for three frames soon (the cushion), then for one every
    /// 20 ms by the clock. When it gives null it is asked again on each tick until all that was said
    /// has been played; if there is nothing even then the spurt is over, `drained` runs and `mouth`
    /// is not asked any more. Call it again when there is something to say again, from `drained` at
    /// the earliest: while a spurt goes on it does nothing.
    ///
    /// Neither is called inside this call.
    void speak(FrameSource mouth, Runnable drained);

    /// Ends the talk spurt that goes on, without its `drained`, and drops what of it the party has not been played, as far as
    /// the carrier can still take it back; with it may go what else is on its way to the party. [#speak] may be called
    /// again at once. May be called from a `mouth` that is asked for a frame, which then gives null.
    void stop();

    /// Runs `played` when the carrier says that the party has been played the frame that their `mouth` is just being asked for, or
    /// would be asked for next. Never where it says no such thing, or the frame is dropped.
    default void whenPlayed(Runnable played) {}

    /// Presses these keys (`0` to `9`, `*`, `#`) for the party's end to hear, one after the other, over whatever is spoken. Gives how
    /// long that takes; nothing where it cannot be done.
    default Duration sendKeys(String keys) {
        return Duration.ZERO;
    }

    /// Makes this party's voice softer by `decibels`, as the other party hears it. Called while a
    /// `mouth` is asked for a frame, it is low when that frame is heard, as near as the carrier allows.
    void duck(double decibels);

    /// Brings this party's voice back to its full level when the other party has heard what was handed
    /// over to them, the frame included that their `mouth` is just being asked for; it is for the
    /// connection to know how long that takes. [#duck] calls it off.
    void restore();
}
