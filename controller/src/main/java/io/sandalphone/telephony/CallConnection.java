package io.sandalphone.telephony;

import io.sandalphone.time.Loop;

import java.util.Map;

/// One call's two legs at a carrier, whatever the shape (overlay or hairpin). Runs on the call's
/// loop; no method blocks, and every outcome comes as a [ConnectionEvent].
///
/// The two voices are joined by the carrier as soon as both are there; nothing here is needed for
/// them to go on.
public interface CallConnection {
    /// The loop that owns the call.
    Loop loop();

    /// Where each leg is at its carrier, as far as one is there and can be found again after a crash. Any thread
    /// may ask.
    default Map<Party, LegPlace> places() {
        return Map.of();
    }

    /// Who hears what happens. Set once, before anything else.
    void listen(ConnectionListener listener);

    /// Rings a party's phone. Ends in [ConnectionEvent.Answered] or [ConnectionEvent.Gone].
    void dial(Party party, Dial dial);

    /// Answers the caller who has arrived and lets them hear themselves, until they hang up or [#release].
    /// Only before anything else. Ends in [ConnectionEvent.Released] at once where the carrier does so by
    /// itself.
    void echo();

    /// Answers the caller who has arrived, with nobody else in the call: their audio can be attached alone. Only before
    /// anything else, and where the sound passes through us. The destination may be rung later, again after it was not reached; the two
    /// do not hear each other before [#join]. Ends in [ConnectionEvent.Answered], also where the carrier has
    /// answered them itself.
    void answer();

    /// Brings a caller who was [answered][#answer] alone together with the destination, which was rung and has answered since:
    /// the destination hears `first`, 8 kHz mono PCM, and the caller goes on hearing ringing; then the two hear each other. What was
    /// beside the caller's voice is taken off then, and can be attached anew for both. Ends in [ConnectionEvent.Joined], or
    /// [ConnectionEvent.Gone] of one of them.
    default void join(short[] first) {
        throw new IllegalStateException("nobody is there alone");
    }

    /// Builds the private audio path beside each leg. Ends in [ConnectionEvent.AudioAttached] or
    /// [ConnectionEvent.AudioLost].
    void attachAudio();

    /// The party's private audio path. Only between `AudioAttached` and `AudioLost` or `release`.
    LegAudio audio(Party party);

    /// Lets the other party hear keys that `party` [pressed][ConnectionEvent.KeyPressed], unless the carrier has
    /// done so.
    default void passKeys(Party party, String keys) {}

    /// Ends the call for whoever is still in it, giving `cause`, and removes everything at the
    /// carrier. May be called at any moment and more than once; ends in
    /// [ConnectionEvent.Released].
    void release(HangupCause cause);

    /// The same for a caller who has just arrived and is to hear `why` first, 8 kHz mono PCM, for which they are answered.
    /// Where there is no way to say it they are released at once.
    default void release(HangupCause cause, short[] why) {
        release(cause);
    }

    /// Gives a caller who has just arrived back to the carrier, which joins the two people by itself,
    /// untranslated. Only before anything else; ends in [ConnectionEvent.Released].
    void returnToDialplan();

    /// Takes our own audio off and leaves the two people to themselves: they go on talking, and the
    /// carrier ends the call when one of them does. Ends in [ConnectionEvent.Released].
    void leave();

    /// Forgets the call, whatever is left of it at the carrier, which is to be swept up there. For
    /// when nothing else ended it in time; ends in [ConnectionEvent.Released] at once.
    void abandon();
}
