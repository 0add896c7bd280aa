package io.sandalphone.routing;

import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.Destination;
import io.sandalphone.telephony.E164;

import java.util.Optional;

/// What a call to one of our numbers is for.
public sealed interface CallService {
    /// The caller and the one at `destination` talk with each other, over a telephone or a browser. `via` is the name of the carrier over
    /// which the destination is rung ([io.sandalphone.telephony.Carrier#name]); empty: the one at which
    /// the call arrived.
    record Interpreting(Destination destination, Optional<String> via) implements CallService {}

    /// The caller hears their own sound back, without engines: what a new account is tried with.
    record Echo() implements CallService {}

    /// The agent of this name converses with the caller, alone.
    record Attending(String agent) implements CallService {
        /// What stands for the other party's carrier: a caller whose voice passes through us wherever they are.
        public static final String VIA = "agent";
    }

    /// Nobody is reached at this time: the caller hears `sentence`, and the call ends.
    record Closed(ClosedSentence sentence) implements CallService {}

    /// As a configuration names them.
    enum Kind {
        INTERPRET,
        ECHO
    }

    /// Who is rung, when somebody is.
    default Optional<Destination> rung() {
        return switch (this) {
            case Interpreting(var destination, _) -> Optional.of(destination);
            case Attending _, Echo _, Closed _ -> Optional.empty();
        };
    }

    /// The agent who converses with the caller, when one does.
    default Optional<String> attendedBy() {
        return this instanceof Attending(var agent) ? Optional.of(agent) : Optional.empty();
    }

    /// The number that is rung, when one is.
    default Optional<E164> rungNumber() {
        return rung().filter(E164.class::isInstance).map(E164.class::cast);
    }

    /// Whether clients that stand by are rung.
    default boolean ringsBrowsers() {
        return rung().filter(Browser.class::isInstance).isPresent();
    }

    /// The same for a call to `called`, digits as routes have them: browsers stand by for a number, also
    /// where one route has them all.
    default CallService at(String called) {
        return this instanceof Interpreting(Browser _, var via)
                ? new Interpreting(new Browser(called), via)
                : this;
    }
}
