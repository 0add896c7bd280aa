package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.Party;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The ids we give to channels and bridges at Asterisk: `sp-<call>-<role>`, and a number for those
/// that are built more than once, because Asterisk refuses an id that it knows: 409 for a bridge, 500 for a channel. A gateway that
/// takes up the call of another one has an incarnation of its own in those, which is before the number: what the other one had built,
/// or asked for, has none, or another.
///
/// Whoever finds such an id later, after a crash of ours too, knows to which call it belongs.
final class Ids {
    /// What all of them begin with.
    static final String PREFIX = "sp-";

    /// The channel variable that names the call of a leg.
    static final String CALL_VARIABLE = "SP_CALL";

    /// The channel variable that names the role of a leg: `caller` or `destination`.
    static final String ROLE_VARIABLE = "SP_ROLE";

    private static final String MAIN = "main";

    private final String callId;
    private final String incarnation;
    private int generation;

    /// Those of a call that began here.
    Ids(String callId) {
        this(callId, "");
    }

    /// Those of a call that goes on here: `incarnation` is used once and never again, such as [io.sandalphone.telephony.CallIds#next].
    Ids(String callId, String incarnation) {
        this.incarnation = incarnation.isEmpty() ? "" : incarnation + "-";
        if (callId.isEmpty() || callId.contains("-")) {
            throw new IllegalArgumentException("not a call id: " + callId);
        }
        this.callId = callId;
    }

    /// The call to which they belong.
    String callId() {
        return callId;
    }

    /// The bridge in which the two people hear each other.
    String main() {
        return PREFIX + callId + "-" + MAIN;
    }

    /// The channel of a party whom we rang.
    String leg(Party party) {
        return PREFIX + callId + "-" + role(party);
    }

    /// The channel of the sound of a party whom we rang, where it passes through us: the first such leg of the call, or a later
    /// one, which may begin before Asterisk has forgotten the one before.
    String sound(Party party, int attempt) {
        return leg(party) + "-sound" + (attempt == 1 ? "" : "-" + attempt);
    }

    /// A new id for something that may be built again: `snoop`, `media`, `private`, `anchor`.
    String next(String role) {
        generation++;
        return PREFIX + callId + "-" + role + "-" + incarnation + generation;
    }

    static String role(Party party) {
        return party.name().toLowerCase(Locale.ROOT);
    }

    /// The call to which an id of ours belongs; empty for everything else.
    static Optional<String> call(String id) {
        if (!id.startsWith(PREFIX)) {
            return Optional.empty();
        }
        int end = id.indexOf('-', PREFIX.length());
        return end < 0 ? Optional.empty() : Optional.of(id.substring(PREFIX.length(), end));
    }

    /// Whether the id is that of a call's main bridge.
    static boolean isMain(String id) {
        return id.startsWith(PREFIX) && id.endsWith("-" + MAIN);
    }

    /// Whether the id is that of a party whom we rang.
    static boolean isLeg(String id) {
        return party(id).isPresent();
    }

    /// The party whom we rang that has the id; empty for everything else.
    static Optional<Party> party(String id) {
        return Arrays.stream(Party.values())
                .filter(party -> id.startsWith(PREFIX) && id.endsWith("-" + role(party)))
                .findFirst();
    }

    /// Whether the id is that of the sound of a party whom we rang.
    static boolean isSound(String id) {
        return id.startsWith(PREFIX) && id.contains("-sound");
    }
}
