package io.sandalphone.call;

import io.sandalphone.routing.DailyCaps;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Which numbers have used up what a day gives them. A call counts from its beginning to its end, the
/// ringing included; one that runs is counted as far as it has come. No call that runs is ended for it.
///
/// What it knows is in memory alone, since it says who called whom: a restart begins at nothing.
/// Thread-safe; holds at most [#MOST_NUMBERS] numbers of each kind, of which the ones that were not
/// seen for longest are forgotten first.
final class DailyUse {
    static final int MOST_NUMBERS = 50_000;

    /// Whose day is used up.
    enum Exhausted {
        CALLER,
        DESTINATION
    }

    /// A call that was let in, or whose day was used up.
    sealed interface Verdict {
        record Counted(Ticket ticket) implements Verdict {}

        record Refused(Exhausted whose) implements Verdict {}
    }

    private static final class Use {
        private int calls;
        private long finishedNanos;
        private final Map<Ticket, Long> running = new HashMap<>();

        private long nanos(long now) {
            long sum = finishedNanos;
            for (long began : running.values()) {
                sum += now - began;
            }
            return sum;
        }
    }

    private final DailyCaps caps;
    private final Supplier<LocalDate> date;
    private final LongSupplier nanoTime;
    private final Map<String, Use> callers = remembering();
    private final Map<String, Use> destinations = remembering();
    private LocalDate day;

    /// `date` is the calendar's, `nanoTime` a monotonic clock.
    DailyUse(DailyCaps caps, Supplier<LocalDate> date, LongSupplier nanoTime) {
        this.caps = caps;
        this.date = date;
        this.nanoTime = nanoTime;
        day = date.get();
    }

    private static Map<String, Use> remembering() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @java.io.Serial private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Use> eldest) {
                return size() > MOST_NUMBERS;
            }
        };
    }

    /// Counts a call, unless one of its numbers has used up its day. `caller` is empty when they
    /// withhold their number, and then has no cap of their own.
    synchronized Verdict begin(Optional<String> caller, List<String> called) {
        startDay();
        long now = nanoTime.getAsLong();
        if (caller.filter(number -> isExhausted(callers, number, caps.perCaller(), now))
                .isPresent()) {
            return new Verdict.Refused(Exhausted.CALLER);
        }
        if (called.stream()
                .anyMatch(
                        number -> isExhausted(destinations, number, caps.perDestination(), now))) {
            return new Verdict.Refused(Exhausted.DESTINATION);
        }
        return new Verdict.Counted(count(caller, called, now));
    }

    /// Counts a call that goes on here and began `age` ago, whatever its day has used up.
    synchronized Ticket resume(Optional<String> caller, List<String> called, Duration age) {
        startDay();
        return count(caller, called, nanoTime.getAsLong() - age.toNanos());
    }

    private Ticket count(Optional<String> caller, List<String> called, long began) {
        Ticket ticket = new Ticket(caller, List.copyOf(called));
        caller.ifPresent(number -> count(callers, number, ticket, began));
        called.forEach(number -> count(destinations, number, ticket, began));
        return ticket;
    }

    private void startDay() {
        LocalDate today = date.get();
        if (!today.equals(day)) {
            day = today;
            callers.clear();
            destinations.clear();
        }
    }

    private static boolean isExhausted(
            Map<String, Use> uses, String number, DailyCaps.Cap cap, long now) {
        Use use = uses.get(number);
        if (use == null) {
            return false;
        }
        return cap.calls().filter(most -> use.calls >= most).isPresent()
                || cap.minutes()
                        .filter(most -> use.nanos(now) >= Duration.ofMinutes(most).toNanos())
                        .isPresent();
    }

    private static void count(Map<String, Use> uses, String number, Ticket ticket, long now) {
        Use use = uses.computeIfAbsent(number, _ -> new Use());
        use.calls++;
        use.running.put(ticket, now);
    }

    private synchronized void end(Ticket ticket, boolean happened) {
        long now = nanoTime.getAsLong();
        ticket.caller.ifPresent(number -> end(callers, number, ticket, now, happened));
        ticket.called.forEach(number -> end(destinations, number, ticket, now, happened));
    }

    /// A call that began on another day, or whose number was forgotten, is no longer counted.
    private static void end(
            Map<String, Use> uses, String number, Ticket ticket, long now, boolean happened) {
        Use use = uses.get(number);
        Long began = use == null ? null : use.running.remove(ticket);
        if (use == null || began == null) {
            return;
        }
        if (happened) {
            use.finishedNanos += now - began;
        } else {
            use.calls--;
        }
    }

    /// One call that is counted.
    final class Ticket {
        private final Optional<String> caller;
        private final List<String> called;

        private Ticket(Optional<String> caller, List<String> called) {
            this.caller = caller;
            this.called = called;
        }

        /// The call is over.
        void ended() {
            end(this, true);
        }

        /// The call was not let in after all: it did not happen.
        void cancelled() {
            end(this, false);
        }
    }
}
