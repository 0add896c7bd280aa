package io.sandalphone.call;

import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;

import java.util.Set;

/// What can happen to a call.
public sealed interface Event {
    /// It arrived from a carrier and is welcome.
    record Admitted() implements Event {}

    /// Both parties were there when it began, and they are welcome.
    record Met() implements Event {}

    /// It lived before this program did, and goes on here: the two talk, or the destination's phone rings.
    record Adopted(boolean answered) implements Event {}

    /// It arrived from a carrier and is welcome; its caller is to hear themselves.
    record AdmittedToEcho() implements Event {}

    /// It arrived from a carrier and is welcome; an agent is to converse with its caller.
    record AdmittedToAgent() implements Event {}

    /// The agent who converses with the caller is done, for this reason.
    record AgentDone(Outcome.Reason reason) implements Event {}

    /// The agent who converses with the caller puts them through to a person, and has told them so.
    record TransferAsked(Transfer transfer) implements Event {}

    /// That person may not be rung any more today.
    record TransferRefused() implements Event {}

    /// It arrived from a carrier and is not welcome.
    record Rejected(Outcome.Reason reason, HangupCause cause) implements Event {}

    /// It arrived from a carrier, and its caller dialled an emergency number.
    record EmergencyDialled() implements Event {}

    /// It arrived from a carrier outside the hours of the number.
    record FoundClosed() implements Event {}

    /// It arrived from a carrier while we stop taking calls.
    record RejectedDraining() implements Event {}

    /// An operator asked for it: both parties are to be rung.
    record Placed() implements Event {}

    /// The carrier says what happened to its connection.
    record Carrier(ConnectionEvent event) implements Event {}

    /// Somebody other than the two parties ends it.
    record EndAsked(Outcome.Reason reason) implements Event {}

    /// An operator wants what `speakers` say to be interpreted to the other one, or no more.
    record InterpretationAsked(Set<Party> speakers, boolean on) implements Event {
        public InterpretationAsked {
            speakers = Set.copyOf(speakers);
        }
    }

    /// The controller is about to stop, and the two people are to go on without it.
    record LeaveAsked() implements Event {}

    /// It has lasted as long as it may.
    record TimeUp() implements Event {}

    /// It, or the day, has cost as much as it may.
    record CostCapReached() implements Event {}

    /// Time to try again to attach our audio.
    record AudioRetryDue() implements Event {}

    /// Carrying this out failed, by a fault of our own.
    record EffectFailed(Effect effect) implements Event {}

    /// The carrier did not say in time that nothing is left.
    record ReleaseOverdue() implements Event {}
}
