package io.sandalphone.call;

import io.sandalphone.routing.RouteTable;

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
/// 2. The caller is a number of ours, which we show to its destination at this moment.
/// 3. The caller's number is that of a call to its destination which began less than three seconds ago,
///    or of two that ring there. One company has one number and several people, so that one older call
///    is none.
/// 4. The caller is withheld, and so were four calls to its destination that began within ten seconds.
///
/// Callers whose numbers differ are different people, however many of them call one destination at once.
///
/// Decides only, and reads no clock.
final class LoopDetector {
    private static final int SAME_CALLERS = 2;
    private static final Duration AT_ONCE = Duration.ofSeconds(3);
    private static final int WITHHELD = 4;
    private static final Duration RECENT = Duration.ofSeconds(10);

    private LoopDetector() {}

    /// A phone that we ring, and nobody has answered yet.
    ///
    /// @param number whom we ring
    /// @param shown who calls, as that phone is shown
    /// @param caller who really calls, empty when it is withheld
    /// @param age since when we try
    record Attempt(String number, String shown, String caller, Duration age) {}

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
        return caller.isEmpty()
                ? there.stream().filter(LoopDetector::withheldJustNow).count() >= WITHHELD
                : isShown(caller, there) || ringsAlready(caller, there);
    }

    private static boolean withheldJustNow(Attempt attempt) {
        return attempt.caller().isEmpty() && attempt.age().compareTo(RECENT) <= 0;
    }

    private static boolean isShown(String caller, List<Attempt> there) {
        return there.stream()
                .anyMatch(
                        attempt ->
                                same(caller, attempt.shown()) && !same(caller, attempt.caller()));
    }

    private static boolean ringsAlready(String caller, List<Attempt> there) {
        List<Attempt> theirs =
                there.stream().filter(attempt -> same(caller, attempt.caller())).toList();
        return theirs.size() >= SAME_CALLERS
                || theirs.stream().anyMatch(attempt -> attempt.age().compareTo(AT_ONCE) < 0);
    }

    private static boolean same(String one, String other) {
        return !one.isEmpty()
                && !other.isEmpty()
                && RouteTable.digits(one).equals(RouteTable.digits(other));
    }
}
