package io.sandalphone.telephony;

import java.util.List;
import java.util.Map;

/// Where carriers tell which calls outlived the gateway before this one.
@FunctionalInterface
public interface Survivors {
    /// What becomes of such a call.
    enum Fate {
        /// It goes on here, over the connection that was asked for.
        ADOPTED,
        /// The two talk on by themselves, as long as they like.
        LEFT,
        /// One of the two is alone: it is to be ended.
        RELEASED
    }

    /// For a gateway that takes none up.
    Survivors NONE = (_, _) -> Map.of();

    /// Where the legs of calls at `carrier` were, by the ids of the calls, as far as an earlier gateway wrote it down: for a carrier
    /// that can only be asked about what is known by name. Any thread may ask.
    default Map<String, Map<Party, LegPlace>> sought(String carrier) {
        return Map.of();
    }

    /// The carrier does not say how it stands with this call, for `why`, a short fixed word for the log: its people are left to
    /// themselves. Told before [#found].
    default void unanswered(String callId, String why) {}

    /// Told once by each carrier, as soon as it knows all that it holds, with an empty list too. Gives the
    /// fate of each by its id; one that is not named is left. Any thread may call; nobody waits here.
    Map<String, Fate> found(String carrier, List<FoundCall> calls);
}
