package io.sandalphone.telephony;

/// What happens to the connection of a call, in the order in which it happened. Delivered on the
/// call's loop.
public sealed interface ConnectionEvent {
    /// The party's phone rings.
    record Ringing(Party party) implements ConnectionEvent {}

    /// The party answered.
    record Answered(Party party) implements ConnectionEvent {}

    /// The party is gone: hung up, never reached, or thrown out by the carrier's cap.
    record Gone(Party party, HangupCause cause) implements ConnectionEvent {}

    /// Nothing has come from the party's phone, and nobody has spoken to it, for as long as is allowed.
    record Silent(Party party) implements ConnectionEvent {}

    /// The party pressed a key: `0` to `9`, `*`, `#`, or `A` to `D`.
    record KeyPressed(Party party, char key) implements ConnectionEvent {
        /// Which one is nobody's business.
        @Override
        public String toString() {
            return "KeyPressed[party=" + party + ']';
        }
    }

    /// Both legs can be heard and spoken to.
    record AudioAttached() implements ConnectionEvent {}

    /// Our own audio path is lost or could not be built; the two people still hear each other.
    /// `why` is a short fixed word for log and metric.
    record AudioLost(String why) implements ConnectionEvent {}

    /// The two whom [CallConnection#join] was to bring together hear each other.
    record Joined() implements ConnectionEvent {}

    /// The carrier refused something the call cannot do without. `why` is a short fixed word.
    record Failed(String why) implements ConnectionEvent {}

    /// The carrier itself is gone and every call with it.
    record CarrierLost() implements ConnectionEvent {}

    /// The carrier obeys another controller from now on; who talks there goes on talking.
    record TakenOver() implements ConnectionEvent {}

    /// The two were not fetched back from where an earlier gateway left them: they talk on there, untranslated. `why` is
    /// a short fixed word for log and metric.
    record LeftThere(String why) implements ConnectionEvent {}

    /// Nothing of the call remains at the carrier. The last event.
    record Released() implements ConnectionEvent {}
}
