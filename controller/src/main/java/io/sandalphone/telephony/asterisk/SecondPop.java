package io.sandalphone.telephony.asterisk;

import java.util.Optional;
import java.util.Set;

/// The trunk's second point of presence, where Asterisk's configuration has one (docs/decisions/0059). Asterisk itself
/// dials the first that answers when it is asked from time to time; this is for an invitation to one that has just died.
/// The dialplan's `other-pop` decides the same. Thread-safe.
final class SecondPop {
    private static final String FIRST = "@voipms";
    private static final String SECOND = "@voipms-2";

    // ITU-T Q.850, as Asterisk has them for an invitation that went nowhere: no route; nobody
    // answered it, not even to
    // say that it is being tried (408); nobody is registered; no connection, or no capacity (503).
    private static final Set<Integer> WENT_NOWHERE = Set.of(3, 18, 20, 34);

    private volatile boolean there;

    /// Whether there is one, as the dialplan says.
    void isThere(boolean said) {
        there = said;
    }

    /// What to dial in place of `endpoint`, the way to which ended before anything rang, by that cause of Q.850.
    Optional<String> insteadOf(String endpoint, int cause) {
        return there && endpoint.endsWith(FIRST) && WENT_NOWHERE.contains(cause)
                ? Optional.of(endpoint.substring(0, endpoint.length() - FIRST.length()) + SECOND)
                : Optional.empty();
    }
}
