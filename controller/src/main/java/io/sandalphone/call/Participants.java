package io.sandalphone.call;

import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.Destination;
import io.sandalphone.telephony.E164;

import java.util.Optional;
import java.util.function.Function;

/// Who takes part, on which terms. `from` and `to` are E.164; of a call that arrived, `from` is what
/// the carrier says of the caller, and may be empty or no such number. `destinationVia` is the carrier
/// over which the destination is rung; empty: the caller's. `rung` is whoever is rung as the
/// destination, when somebody is; `to` is empty where that is no number.
/// `attended` is who converses with the caller, where nobody is rung, and `caller` what the carrier says of them. `called` is what a call that
/// arrived was to.
record Participants(
        String id,
        CallView.Direction direction,
        String from,
        Optional<Destination> rung,
        CallerId shownToCaller,
        CallerId shownToDestination,
        Optional<String> destinationVia,
        Optional<Attended> attended,
        CallerId caller,
        Called called,
        CallTerms terms) {
    /// Of a call that no agent answers, and of which it does not matter what it was to.
    Participants(
            String id,
            CallView.Direction direction,
            String from,
            Optional<Destination> rung,
            CallerId shownToCaller,
            CallerId shownToDestination,
            Optional<String> destinationVia,
            CallTerms terms) {
        this(
                id,
                direction,
                from,
                rung,
                shownToCaller,
                shownToDestination,
                destinationVia,
                Optional.empty(),
                CallerId.UNKNOWN,
                Called.NOTHING,
                terms);
    }

    /// Those of a call that goes on here. Nobody is rung for it any more, so nothing is known of how.
    static Participants of(CallRecord before) {
        return new Participants(
                before.id(),
                before.direction(),
                before.from(),
                before.to().isEmpty() ? Optional.empty() : Optional.of(new E164(before.to())),
                CallerId.UNKNOWN,
                CallerId.UNKNOWN,
                Optional.empty(),
                before.terms());
    }

    String to() {
        return rung.filter(E164.class::isInstance)
                .map(E164.class::cast)
                .map(E164::number)
                .orElse("");
    }

    /// The same while the agent's caller is put through to `person`.
    Participants reaching(Person person) {
        Destination destination = person.destination(RouteTable.digits(called.number()));
        Language agents = terms.callerLanguage();
        return new Participants(
                id,
                direction,
                from,
                Optional.of(destination),
                shownToCaller,
                destination instanceof Browser ? caller : shownToDestination,
                person.reached().via(),
                attended,
                caller,
                called,
                terms.acquainting(agents, person.language().orElse(agents)));
    }

    /// The same without the agent, who is needed no longer.
    Participants withoutAgent() {
        return new Participants(
                id,
                direction,
                from,
                rung,
                shownToCaller,
                shownToDestination,
                destinationVia,
                Optional.empty(),
                caller,
                called,
                terms);
    }

    /// An agent who converses with a caller.
    ///
    /// @param agent by name
    /// @param people to whom it may put the caller through
    /// @param count counts a call to a number on its day, or to nobody's where it is empty; nothing when that is used up. What it
    ///     gives runs when the call is over
    record Attended(String agent, People people, Function<String, Optional<Runnable>> count) {}
}
