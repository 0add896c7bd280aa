package io.sandalphone.call;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;

import java.util.Set;

/// What is to be done after something happened to a call.
public sealed interface Effect {
    /// Ring this party.
    record Dial(Party party) implements Effect {}

    /// Let the caller hear themselves.
    record Echo() implements Effect {}

    /// Take the caller's call, with nobody else in it.
    record Answer() implements Effect {}

    /// The caller can be heard and spoken to: the agent begins, or goes on.
    record StartAttending() implements Effect {}

    /// The agent stops; what it was to say is dropped.
    record StopAttending() implements Effect {}

    /// The agent is to say goodbye, and be done.
    record DismissAgent() implements Effect {}

    /// Have the person rung to whom the agent puts the caller through.
    record Transfer(io.sandalphone.call.Transfer transfer) implements Effect {}

    /// That person has answered: they are to hear why, and then the two are to hear each other.
    record Introduce() implements Effect {}

    /// Nobody is being put through any more, with this result.
    record EndTransfer(TransferResult result) implements Effect {}

    /// Somebody talks: the time they may talk begins.
    record StartTalkTime() implements Effect {}

    /// Build our audio path beside the legs.
    record AttachAudio() implements Effect {}

    /// Try to build it again a little later.
    record AttachAudioLater() implements Effect {}

    /// Our audio path stands: begin to interpret.
    record StartInterpreting() implements Effect {}

    /// Stop interpreting; pending speech is dropped and voices come back to full level.
    record StopInterpreting() implements Effect {}

    /// A party who talks pressed a key.
    record Key(Party party, char key) implements Effect {
        /// Which one is nobody's business.
        @Override
        public String toString() {
            return "Key[party=" + party + ']';
        }
    }

    /// Speak what `speakers` say to the other one from now on, or no more.
    record SwitchInterpretation(Set<Party> speakers, boolean on) implements Effect {}

    /// Tell those who watch what it has cost so far.
    record TellCosts() implements Effect {}

    /// Say that its two people are left to talk untranslated, and why: a short fixed word.
    record TellLeft(String why) implements Effect {}

    /// End it for whoever is still there and remove everything at the carrier.
    record Release(HangupCause cause) implements Effect {}

    /// End it for a caller who dialled an emergency number, and say to them that nobody is put through.
    record RefuseEmergency() implements Effect {}

    /// End it for a caller who called outside the hours of the number, and say so to them.
    record RefuseClosed() implements Effect {}

    /// Give it back to the carrier, which connects the two people without us.
    record ReturnToDialplan() implements Effect {}

    /// Take our audio off and leave the two people to themselves.
    record Leave() implements Effect {}

    /// Forget what is left of it at the carrier, which nobody confirmed to be gone.
    record Abandon() implements Effect {}

    /// It is over: count it, log it, forget it. Happens once.
    record Finish(Outcome outcome) implements Effect {}
}
