package io.sandalphone.call;

import io.sandalphone.cost.Costs;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.input.HeardLevel;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.Party;
import io.sandalphone.translate.Spans;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A live call as operators see it, at one moment.
///
/// `state` is the short fixed word of its state, `sinceEpochMillis` when the call began, `caller` and
/// `destination` their numbers, masked here whatever is given. `adopted` says whether it lived before this program did. `audioAttached` says whether both
/// parties can be heard and spoken to by us, `utterances` how many were interpreted so far,
/// `untranslated` whose speech cannot be interpreted just now, though it should be, `paused` whose speech is not because the
/// other one or an operator wished so, and `costs` what vendors bill for that. `spans` are those of the last translation that
/// was spoken to its end, null before the first. `callerLevel` and `destinationLevel` say how loud the two were in the last
/// 200 ms; nothing of whom nobody listens to.
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
        boolean adopted,
        boolean audioAttached,
        int utterances,
        Set<Party> untranslated,
        Set<Party> paused,
        Costs costs,
        @Nullable Spans spans,
        Optional<HeardLevel> callerLevel,
        Optional<HeardLevel> destinationLevel) {
    /// Who began the call.
    public enum Direction {
        /// It arrived from the carrier.
        INBOUND,
        /// An operator asked for it.
        OUTBOUND
    }

    /// The same call in another state.
    CallView in(String state, boolean audioAttached) {
        return with(
                next -> {
                    next.state = state;
                    next.audioAttached = audioAttached;
                });
    }

    /// The same call with somebody else as its destination, on these terms.
    CallView reaching(String destination, CallTerms terms) {
        return with(
                next -> {
                    next.destination = destination;
                    next.callerLanguage = terms.callerLanguage();
                    next.destinationLanguage = terms.destinationLanguage();
                    next.relay = terms.relay();
                });
    }

    /// The same call, more of it interpreted.
    CallView utterances(int count) {
        return with(next -> next.utterances = count);
    }

    /// The same call, in which what `speaker` says is interpreted, or lacks something.
    CallView lacking(Party speaker, boolean lacking) {
        return with(next -> next.untranslated = with(untranslated, speaker, lacking));
    }

    /// The same call, in which what `speaker` says is not wanted, or is again.
    CallView pausing(Party speaker, boolean pausing) {
        return with(next -> next.paused = with(paused, speaker, pausing));
    }

    private static Set<Party> with(Set<Party> parties, Party party, boolean contained) {
        Set<Party> changed = EnumSet.noneOf(Party.class);
        changed.addAll(parties);
        if (contained) {
            changed.add(party);
        } else {
            changed.remove(party);
        }
        return changed;
    }

    /// The same call at this moment: having cost so much, with people who are so loud.
    CallView now(
            Costs costs, Optional<HeardLevel> callerLevel, Optional<HeardLevel> destinationLevel) {
        return with(
                next -> {
                    next.costs = costs;
                    next.callerLevel = callerLevel;
                    next.destinationLevel = destinationLevel;
                });
    }

    /// The same call, in which a translation was spoken to its end.
    CallView spans(@Nullable Spans spans) {
        return with(next -> next.spans = spans);
    }

    private CallView with(Consumer<Next> change) {
        var next = new Next();
        change.accept(next);
        return next.view();
    }

    /// What may change of this call.
    private final class Next {
        String state = CallView.this.state;
        String destination = CallView.this.destination;
        Language callerLanguage = CallView.this.callerLanguage;
        Language destinationLanguage = CallView.this.destinationLanguage;
        boolean relay = CallView.this.relay;
        boolean audioAttached = CallView.this.audioAttached;
        int utterances = CallView.this.utterances;
        Set<Party> untranslated = CallView.this.untranslated;
        Set<Party> paused = CallView.this.paused;
        Costs costs = CallView.this.costs;
        @Nullable Spans spans = CallView.this.spans;
        Optional<HeardLevel> callerLevel = CallView.this.callerLevel;
        Optional<HeardLevel> destinationLevel = CallView.this.destinationLevel;

        CallView view() {
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
                    adopted,
                    audioAttached,
                    utterances,
                    untranslated,
                    paused,
                    costs,
                    spans,
                    callerLevel,
                    destinationLevel);
        }
    }

    public CallView {
        caller = E164.mask(caller);
        destination = E164.mask(destination);
        untranslated = Set.copyOf(untranslated);
        paused = Set.copyOf(paused);
    }
}
