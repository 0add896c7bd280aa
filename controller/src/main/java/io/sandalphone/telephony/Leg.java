package io.sandalphone.telephony;

import java.util.Optional;

/// One party's connection at one carrier, whose sound passes through us. Runs on the call's loop; no
/// method blocks, and every outcome comes as a [LegEvent].
public interface Leg {
    /// Who hears what happens. Set once, before anything else; what happened before is told then, never
    /// inside this call.
    void listen(LegListener listener);

    /// The [name][LegCarrier#name] of its carrier; of a leg whose carrier rings nobody, how it came, such as `http`.
    String carrier();

    /// The leg's sound. It passes from [LegEvent.Answered] on; what is sent before or while it is lost is
    /// dropped, and counted.
    LegMedia media();

    /// Takes a call that has arrived and that its carrier has not answered yet: the caller heard the
    /// ringing of their own telephone network until now, and [LegEvent.Answered] follows. Does nothing on
    /// any other leg.
    default void answer() {}

    /// Ends the leg for the party, who is told `cause` as far as the carrier can. May be called at any
    /// moment and more than once; it is asked for until the carrier says that the leg is gone. Ends in
    /// [LegEvent.Ended].
    void hangUp(HangupCause cause);

    /// Whether the party learns from their carrier, or from what they call with, why the leg ends. Whoever
    /// does not, once they were answered, has only their ears.
    default boolean learnsCause() {
        return false;
    }

    /// Whether the carrier leads the party to the call's [LegContext#room] when we are gone, so that somebody else there
    /// finds them. Known from the moment on at which it is decided what becomes of the call.
    default boolean goesToRoom() {
        return true;
    }

    /// Where the leg is at its carrier, as far as a gateway that starts after this one could find it there and fetch it back.
    default Optional<LegPlace> place() {
        return Optional.empty();
    }

    /// Gives a leg that has just arrived back to its carrier, which does with it what it does while we
    /// are not there. Only before anything else; ends in [LegEvent.Ended].
    void returnToCarrier();

    /// Takes our sound off and leaves the party to their carrier, who joins the legs of one call that
    /// were given the same [LegContext#room]. Ends in [LegEvent.Ended].
    void leave();

    /// Forgets the leg, whatever is left of it at the carrier. Ends in [LegEvent.Ended] at once.
    void abandon();
}
