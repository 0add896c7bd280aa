package io.sandalphone.ops;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Which connections of a listener are open, and which must be closed because a request takes too
/// long or somebody else needs the place. Holds no thread and reads no clock; times are nanoseconds
/// of a monotonic clock.
///
/// A connection waits for a request, from its opening or its last answer until the next request has
/// arrived whole, or is being answered. Only one that waits is ever closed.
final class Connections<C> {
    private record State(String address, boolean waiting, long deadlineNanos) {}

    private final ConnectionLimits limits;
    // In the order in which they came into their present state.
    private final Map<C, State> open = new LinkedHashMap<>();

    Connections(ConnectionLimits limits) {
        this.limits = limits;
    }

    /// `connection` was opened from `address`. Returns the connection to close for it: none while
    /// there is room; else, of the address with the most connections, the one that waits longest,
    /// which may be the new one itself.
    Optional<C> opened(C connection, String address, long nowNanos) {
        open.put(
                connection, new State(address, true, nowNanos + limits.requestTimeout().toNanos()));
        return open.size() <= limits.max() ? Optional.empty() : Optional.of(superfluous());
    }

    private C superfluous() {
        Map<String, Integer> counts = new HashMap<>();
        open.values().forEach(state -> counts.merge(state.address(), 1, Integer::sum));
        C found = null;
        int most = 0;
        for (Map.Entry<C, State> entry : open.entrySet()) {
            int count = counts.getOrDefault(entry.getValue().address(), 0);
            if (entry.getValue().waiting() && count > most) {
                most = count;
                found = entry.getKey();
            }
        }
        // The newest waits, so there is one.
        return Objects.requireNonNull(found);
    }

    /// The head of a request arrived, and its body is still to come.
    void bodyExpected(C connection, long nowNanos) {
        change(connection, true, nowNanos + limits.requestTimeout().toNanos());
    }

    /// A request arrived whole and is being answered.
    void arrived(C connection) {
        change(connection, false, 0);
    }

    /// The request was answered.
    void answered(C connection, long nowNanos) {
        change(connection, true, nowNanos + limits.idleTimeout().toNanos());
    }

    private void change(C connection, boolean waiting, long deadlineNanos) {
        State before = open.remove(connection);
        if (before != null) {
            open.put(connection, new State(before.address(), waiting, deadlineNanos));
        }
    }

    void closed(C connection) {
        open.remove(connection);
    }

    /// Those that have waited too long.
    List<C> overdue(long nowNanos) {
        return open.entrySet().stream()
                .filter(entry -> entry.getValue().waiting())
                .filter(entry -> nowNanos - entry.getValue().deadlineNanos() >= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    int count() {
        return open.size();
    }
}
