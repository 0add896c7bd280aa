package io.sandalphone.cost;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;

/// What the present calendar day has cost so far. Whenever the clock shows another date, before or
/// after, that date begins with nothing: a clock that was set wrong must not keep its day for ever.
///
/// Thread-safe; nobody waits here for longer than an addition takes.
final class DayLedger {
    private final ZoneId zone;
    private final InstantSource clock;
    private Day day;

    /// Goes on from `last`.
    DayLedger(ZoneId zone, InstantSource clock, Day last) {
        this.zone = zone;
        this.clock = clock;
        day = last;
    }

    /// Begins with nothing.
    DayLedger(ZoneId zone, InstantSource clock) {
        this(zone, clock, new Day(LocalDate.ofInstant(clock.instant(), zone), Spending.NOTHING));
    }

    /// The day with `more` spent.
    synchronized Day add(Spending more) {
        day = day.on(date()).plus(more);
        return day;
    }

    synchronized Day today() {
        return day.on(date());
    }

    private LocalDate date() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }
}
