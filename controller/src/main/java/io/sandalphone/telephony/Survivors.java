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

    /// Told once by each carrier, as soon as it knows all that it holds, with an empty list too. Gives the
    /// fate of each by its id; one that is not named is left. Any thread may call; nobody waits here.
    Map<String, Fate> found(String carrier, List<FoundCall> calls);
}
