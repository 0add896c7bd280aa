package io.sandalphone.telephony;

/// What happens to a [Leg], in the order in which it happened. Delivered on the call's loop.
public sealed interface LegEvent {
    /// The party's phone rings.
    record Ringing() implements LegEvent {}

    /// The party is there, and their sound passes through us from now on. The first event of a leg
    /// that arrived, too: at once where the carrier answers by itself, else after [Leg#answer].
    record Answered() implements LegEvent {}

    /// The party pressed a key of their phone: `0` to `9`, `*`, `#`, or `A` to `D`.
    record KeyPressed(char key) implements LegEvent {}

    /// The sound of the leg is gone, though the carrier still has the party. It comes back with
    /// [MediaBack], or the leg ends. `why` is a short fixed word for log and metric.
    record MediaLost(String why) implements LegEvent {}

    /// The sound of the leg passes through us again.
    record MediaBack() implements LegEvent {}

    /// The party was not fetched back from where an earlier gateway left them: they talk on there with the other one,
    /// untranslated. `why` is a short fixed word for log and metric.
    record LeftThere(String why) implements LegEvent {}

    /// Nothing of the leg remains at the carrier, as far as can be known. The last event.
    record Ended(HangupCause cause) implements LegEvent {}
}
