package io.sandalphone.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.call.CallEvent;
import io.sandalphone.telephony.Party;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Which calls an operator is told of, and how many there were.
class CallTallyTest {
    private static final Duration QUIET = Duration.ofMinutes(5);

    private final CallTally tally = new CallTally();

    private void ended(String call, String reason, int minute) {
        tally.on(new CallEvent.Ended(call, "refused", reason, millis(minute)));
    }

    private void translation(String call, boolean available, int minute) {
        tally.on(
                new CallEvent.Translation(
                        call,
                        Party.CALLER,
                        available,
                        available ? List.of() : List.of("translation"),
                        millis(minute)));
    }

    private static long millis(int minute) {
        return Duration.ofMinutes(minute).toMillis();
    }

    private List<Condition> look(int minute) {
        return tally.conditions(QUIET, Instant.ofEpochMilli(millis(minute)));
    }

    @ParameterizedTest
    @CsvSource({
        "call-limit, 1",
        "caller-daily-limit, 1",
        "destination-daily-limit, 1",
        "caller-hung-up, 0",
        "unknown-number, 0",
        "draining, 0",
        "caller-not-allowed, 0"
    })
    void calls_that_a_limit_turned_away_are_counted(String reason, int found) {
        ended("c1", reason, 1);
        assertEquals(found, look(1).size());
    }

    @Test
    void after_the_clock_was_put_back_a_series_ends_as_soon_as_else() {
        ended("c1", "call-limit", 1000);
        assertEquals(1, look(1000).size());
        assertEquals(List.of(), look(10));
        assertEquals(List.of(), look(15));
        ended("c2", "call-limit", 16);
        assertEquals(List.of(Condition.counted(NoticeKind.CALLS_REFUSED, 1)), look(16));
    }

    @Test
    void a_call_of_the_gateway_before_that_was_not_taken_up_is_one_that_goes_on_untranslated() {
        tally.on(new CallEvent.Left("c1", "no-record", millis(1)));
        assertEquals(List.of(Condition.counted(NoticeKind.CALLS_UNTRANSLATED, 1)), look(1));
        translation("c2", false, 2);
        tally.on(new CallEvent.Left("c2", "carrier", millis(2)));
        assertEquals(List.of(Condition.counted(NoticeKind.CALLS_UNTRANSLATED, 2)), look(2));
    }

    @Test
    void they_are_one_series_until_none_has_come_for_a_while() {
        ended("c1", "call-limit", 1);
        assertEquals(List.of(Condition.counted(NoticeKind.CALLS_REFUSED, 1)), look(1));
        assertEquals(List.of(), look(2));
        ended("c2", "call-limit", 3);
        ended("c3", "caller-daily-limit", 3);
        assertEquals(List.of(Condition.counted(NoticeKind.CALLS_REFUSED, 3)), look(3));
        assertEquals(List.of(), look(8));
        ended("c4", "call-limit", 20);
        assertEquals(List.of(Condition.counted(NoticeKind.CALLS_REFUSED, 1)), look(20));
    }

    @Test
    void a_call_that_loses_its_translation_again_and_again_is_one() {
        translation("c1", false, 1);
        translation("c1", true, 1);
        translation("c1", false, 1);
        translation("c2", false, 1);
        assertEquals(List.of(Condition.counted(NoticeKind.CALLS_UNTRANSLATED, 2)), look(1));
    }

    @Test
    void a_call_that_has_its_translation_is_none() {
        translation("c1", true, 1);
        assertEquals(List.of(), look(1));
    }
}
