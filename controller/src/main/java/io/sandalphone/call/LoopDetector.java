package io.sandalphone.call;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// Whether a call that arrives is one of ours that comes back, because the phone that we ring forwards
/// to a number of ours. Taking it up would ring that phone once more, and so on, until no place is
/// left.
///
/// A carrier hands on the number that was called and who calls, and mostly who forwarded (Diversion,
/// RFC 5806; History-Info, RFC 7044); nothing else of our own survives. So the signs are, from the
/// surest to the weakest:
///
/// 1. It was forwarded by the destination of its route, or by somebody whom we are ringing.
/// 2. The caller is a number of ours, which we show to its destination at this moment. If we show
///    there the caller's own number, two such calls must be ringing already: one company has one
///    number and several people.
/// 3. Four calls to its destination began within ten seconds, and no phone has rung for any: whoever
///    forwards does not ring.
///
/// Decides only, and reads no clock.
final class LoopDetector {
    private static final int SAME_CALLERS = 2;
    private static final int NEVER_RANG = 4;
    private static final Duration RECENT = Duration.ofSeconds(10);

    private LoopDetector() {}

    /// A phone that we ring, and nobody has answered yet.
    ///
    /// @param number whom we ring
    /// @param shown who calls, as that phone is shown
    /// @param caller who really calls, empty when it is withheld
    /// @param ringing whether the phone is known to ring
    /// @param age since when we try
    record Attempt(String number, String shown, String caller, boolean ringing, Duration age) {}

    /// Numbers may be written in the ways in which carriers do.
    static boolean comesBack(
            String caller,
            List<String> forwardedBy,
            String destination,
            Collection<Attempt> attempts) {
        for (String forwarder : forwardedBy) {
            if (same(forwarder, destination)
                    || attempts.stream().anyMatch(attempt -> same(forwarder, attempt.number()))) {
                return true;
            }
        }
        List<Attempt> there =
                attempts.stream().filter(attempt -> same(attempt.number(), destination)).toList();
        long ours = 0;
        long theirs = 0;
        for (Attempt attempt : there) {
            if (same(caller, attempt.shown())) {
                if (same(caller, attempt.caller())) {
                    theirs++;
                } else {
                    ours++;
                }
            }
        }
        long neverRang =
                there.stream()
                        .filter(attempt -> !attempt.ringing())
                        .filter(attempt -> attempt.age().compareTo(RECENT) <= 0)
                        .count();
        return ours > 0 || theirs >= SAME_CALLERS || neverRang >= NEVER_RANG;
    }

    private static boolean same(String one, String other) {
        return !one.isEmpty()
                && !other.isEmpty()
                && RouteTable.digits(one).equals(RouteTable.digits(other));
    }
}
