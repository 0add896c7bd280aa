package io.sandalphone.cost;

import java.time.LocalDate;

/// What all calls of one calendar day cost.
record Day(LocalDate date, Spending spending) {
    /// This day when it is that of `today`, otherwise a new one.
    Day on(LocalDate today) {
        return date.equals(today) ? this : new Day(today, Spending.NOTHING);
    }

    Day plus(Spending more) {
        return new Day(date, spending.plus(more));
    }
}
