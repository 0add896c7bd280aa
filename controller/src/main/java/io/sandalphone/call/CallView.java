package io.sandalphone.call;

import io.sandalphone.cost.Costs;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.E164;

/// A live call as operators see it, at one moment.
///
/// `state` is the short fixed word of its state, `sinceEpochMillis` when the call began, `caller` and
/// `destination` their numbers, masked here whatever is given. `audioAttached` says whether both
/// parties can be heard and spoken to by us, `utterances` how many were interpreted so far,
/// `costs` what vendors bill for that.
public record CallView(
        String id,
        String state,
        long sinceEpochMillis,
        Direction direction,
        String caller,
        String destination,
        Language callerLanguage,
        Language destinationLanguage,
        boolean relay,
        boolean audioAttached,
        int utterances,
        Costs costs) {
    /// Who began the call.
    public enum Direction {
        /// It arrived from the carrier.
        INBOUND,
        /// An operator asked for it.
        OUTBOUND
    }

    /// The same call in another state.
    CallView in(String state, boolean audioAttached) {
        return with(state, audioAttached, utterances, costs);
    }

    /// The same call, more of it interpreted.
    CallView utterances(int count) {
        return with(state, audioAttached, count, costs);
    }

    /// The same call, having cost so much.
    CallView costs(Costs costs) {
        return with(state, audioAttached, utterances, costs);
    }

    private CallView with(String state, boolean audioAttached, int utterances, Costs costs) {
        return new CallView(
                id,
                state,
                sinceEpochMillis,
                direction,
                caller,
                destination,
                callerLanguage,
                destinationLanguage,
                relay,
                audioAttached,
                utterances,
                costs);
    }

    public CallView {
        caller = E164.mask(caller);
        destination = E164.mask(destination);
    }
}
