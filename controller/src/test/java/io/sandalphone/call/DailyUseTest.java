package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.call.DailyUse.Exhausted;
import io.sandalphone.call.DailyUse.Ticket;
import io.sandalphone.call.DailyUse.Verdict;
import io.sandalphone.routing.DailyCaps;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

class DailyUseTest {
    private LocalDate today = LocalDate.of(2026, 11, 28);
    private long now;

    private DailyUse use(DailyCaps.Cap caller, DailyCaps.Cap destination) {
        return new DailyUse(new DailyCaps(caller, destination), () -> today, () -> now);
    }

    private static DailyCaps.Cap calls(int most) {
        return new DailyCaps.Cap(Optional.of(most), Optional.empty());
    }

    private static DailyCaps.Cap minutes(int most) {
        return new DailyCaps.Cap(Optional.empty(), Optional.of(most));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static Verdict begin(DailyUse use, String caller, String... called) {
        return use.begin(
                caller.isEmpty() ? Optional.empty() : Optional.of(caller), List.of(called));
    }

    private static Ticket counted(Verdict verdict) {
        return ((Verdict.Counted) verdict).ticket();
    }

    private static void assertRefused(Exhausted whose, Verdict verdict) {
        assertEquals(new Verdict.Refused(whose), verdict);
    }

    @Test
    void a_caller_has_so_many_calls_a_day_wherever_they_go() {
        DailyUse use = use(calls(2), DailyCaps.Cap.NONE);
        counted(begin(use, "a", "x")).ended();
        counted(begin(use, "a", "y")).ended();
        assertRefused(Exhausted.CALLER, begin(use, "a", "z"));
        counted(begin(use, "b", "z"));
    }

    @Test
    void a_destination_has_so_many_calls_a_day_whoever_asks() {
        DailyUse use = use(DailyCaps.Cap.NONE, calls(2));
        counted(begin(use, "a", "x"));
        counted(begin(use, "", "y", "x"));
        assertRefused(Exhausted.DESTINATION, begin(use, "b", "x"));
        assertRefused(Exhausted.DESTINATION, begin(use, "", "x", "z"));
        counted(begin(use, "b", "z"));
    }

    @Test
    void minutes_count_while_the_call_runs_and_end_none() {
        DailyUse use = use(minutes(10), DailyCaps.Cap.NONE);
        Ticket running = counted(begin(use, "a", "x"));
        pass(Duration.ofMinutes(9));
        Ticket second = counted(begin(use, "a", "x"));
        pass(Duration.ofSeconds(30));
        assertRefused(Exhausted.CALLER, begin(use, "a", "x"));
        running.ended();
        second.ended();
        assertRefused(Exhausted.CALLER, begin(use, "a", "x"));
    }

    @Test
    void minutes_of_both_numbers_of_an_operators_call_count() {
        DailyUse use = use(DailyCaps.Cap.NONE, minutes(5));
        Ticket call = counted(begin(use, "", "x", "y"));
        pass(Duration.ofMinutes(5));
        call.ended();
        assertRefused(Exhausted.DESTINATION, begin(use, "", "x"));
        assertRefused(Exhausted.DESTINATION, begin(use, "", "y"));
    }

    @Test
    void a_call_that_was_not_let_in_did_not_happen() {
        DailyUse use = use(calls(1), minutes(1));
        Ticket ticket = counted(begin(use, "a", "x"));
        pass(Duration.ofHours(1));
        ticket.cancelled();
        counted(begin(use, "a", "x"));
    }

    @Test
    void who_withholds_their_number_is_bounded_by_the_destination_alone() {
        DailyUse use = use(calls(1), calls(3));
        for (int i = 0; i < 3; i++) {
            counted(begin(use, "", "x"));
        }
        assertRefused(Exhausted.DESTINATION, begin(use, "", "x"));
    }

    @Test
    void midnight_gives_a_new_day_and_what_began_before_does_not_count_in_it() {
        DailyUse use = use(calls(1), minutes(10));
        Ticket before = counted(begin(use, "a", "x"));
        pass(Duration.ofMinutes(20));
        assertRefused(Exhausted.CALLER, begin(use, "a", "x"));
        today = today.plusDays(1);
        Ticket after = counted(begin(use, "a", "x"));
        before.ended();
        after.cancelled();
        counted(begin(use, "a", "x"));
    }

    @Test
    void a_clock_that_was_ahead_does_not_keep_its_day() {
        today = LocalDate.of(2030, 1, 1);
        DailyUse use = use(calls(1), DailyCaps.Cap.NONE);
        counted(begin(use, "a", "x"));
        today = LocalDate.of(2026, 11, 28);
        counted(begin(use, "a", "x"));
    }

    @Test
    void numbers_that_nobody_has_do_not_fill_the_memory() {
        DailyUse use = use(calls(1), DailyCaps.Cap.NONE);
        counted(begin(use, "first", "x"));
        for (int i = 0; i < DailyUse.MOST_NUMBERS; i++) {
            counted(begin(use, "caller " + i, "x")).ended();
        }
        // Forgotten, while the latest are not.
        counted(begin(use, "first", "x"));
        assertTrue(
                begin(use, "caller " + (DailyUse.MOST_NUMBERS - 1), "x")
                        instanceof Verdict.Refused);
    }

    @Test
    void a_call_that_goes_on_here_counts_from_its_beginning_whatever_the_day_has_used_up() {
        DailyUse use = use(minutes(10), calls(1));
        counted(begin(use, "b", "x")).ended();
        use.resume(Optional.of("a"), List.of("x"), Duration.ofMinutes(9));
        counted(begin(use, "a", "y"));
        pass(Duration.ofMinutes(1));
        assertRefused(Exhausted.CALLER, begin(use, "a", "z"));
        assertRefused(Exhausted.DESTINATION, begin(use, "c", "x"));
    }
}
