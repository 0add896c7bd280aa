package io.sandalphone.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What is told when, minute by minute.
class NoticePolicyTest {
    private static final Instant BEGIN = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration AFTER = Duration.ofMinutes(5);

    private final NoticePolicy policy = new NoticePolicy(AFTER);

    private static Instant minute(int minute) {
        return BEGIN.plus(Duration.ofMinutes(minute));
    }

    /// What is told when `kind` is so in the minutes that `present` lists, as `5-9 12`, and somebody looks every minute to the
    /// last.
    private List<String> told(NoticeKind kind, String present, String unknown, int last) {
        List<String> told = new ArrayList<>();
        for (int at = 0; at <= last; at++) {
            List<Condition> found =
                    isIn(present, at) ? List.of(Condition.of(kind, "a")) : List.of();
            Set<NoticeKind> unsaid = isIn(unknown, at) ? Set.of(kind) : Set.of();
            for (Notice notice : policy.look(found, unsaid, minute(at))) {
                told.add(at + " " + notice.state().name().toLowerCase(Locale.ROOT));
            }
        }
        return told;
    }

    private static boolean isIn(String ranges, int minute) {
        return Arrays.stream(ranges.split(" "))
                .filter(range -> !range.isEmpty())
                .map(range -> range.split("-", -1))
                .anyMatch(
                        range ->
                                Integer.parseInt(range[0]) <= minute
                                        && minute <= Integer.parseInt(range[range.length - 1]));
    }

    @ParameterizedTest
    @CsvSource({
        // Told at once, and over at once.
        "COST_CAP, 3-9, '', 30, '3 raised, 10 over'",
        // Nobody is told of what is over again before it has lasted.
        "PROVIDER_DOWN, 3-7, '', 30, ''",
        "PROVIDER_DOWN, 3-8, '', 12, '8 raised'",
        "PROVIDER_DOWN, 3-8, '', 30, '8 raised, 13 over'",
        // What comes and goes is one thing.
        "PROVIDER_DOWN, 3-8 10-11 15-16, '', 40, '8 raised, 21 over'",
        "PROVIDER_DOWN, 3-5 7-9 11-13, '', 40, ''",
        "PROVIDER_DOWN, 3-10 30-40, '', 60, '8 raised, 15 over, 35 raised, 45 over'",
        // Told again each hour, and not more often.
        "PROVIDER_DOWN, 0-190, '', 200, '5 raised, 65 repeated, 125 repeated, 185 repeated, 195"
                + " over'",
        "CERTIFICATE_ENDING, 0-61, '', 70, '0 raised, 60 repeated, 62 over'",
        // A disk is told of at once; that there is room again when that has lasted.
        "DISK_NEARLY_FULL, 3, '', 30, '3 raised, 8 over'",
        "DISK_NEARLY_FULL, 3 5 7 9, '', 30, '3 raised, 14 over'",
        "CALLS_REFUSED, 2 4 6, '', 30, '2 raised, 11 over'",
        // While nobody can say, what stood stands.
        "REGISTRATION_LOST, 0-6, 7-20, 30, '5 raised, 21 over'",
        "REGISTRATION_LOST, 0-6 21-22, 7-20, 30, '5 raised, 27 over'",
        "REGISTRATION_LOST, 0-2 6-9, 3-5, 30, '6 raised, 14 over'",
    })
    void each_thing_is_told_once_hourly_while_it_lasts_and_once_when_it_is_over(
            NoticeKind kind, String present, String unknown, int last, String expected) {
        assertEquals(expected, String.join(", ", told(kind, present, unknown, last)));
    }

    @Test
    void after_the_clock_was_put_back_by_a_day_everything_is_told_as_soon_as_else() {
        int day = 24 * 60;
        Condition down = Condition.of(NoticeKind.PROVIDER_DOWN, "a");
        Condition capped = Condition.of(NoticeKind.COST_CAP, "");
        var both = List.of(down, capped);
        assertEquals(List.of("COST_CAP RAISED"), at(day, both));
        assertEquals(List.of(), at(0, both));
        assertEquals(List.of("PROVIDER_DOWN RAISED"), at(5, both));
        assertEquals(List.of("COST_CAP REPEATED"), at(60, both));
        assertEquals(List.of("COST_CAP OVER"), at(61, List.of()));
        assertEquals(List.of("PROVIDER_DOWN OVER"), at(65, List.of()));
    }

    private List<String> at(int minute, List<Condition> conditions) {
        return policy.look(conditions, Set.of(), minute(minute)).stream()
                .map(notice -> notice.condition().kind() + " " + notice.state())
                .toList();
    }

    @Test
    void two_of_a_kind_are_two() {
        var google = Condition.of(NoticeKind.COST_CAP, "a");
        var polly = Condition.of(NoticeKind.COST_CAP, "b");
        assertEquals(2, policy.look(List.of(google, polly), Set.of(), minute(0)).size());
        List<Notice> over = policy.look(List.of(google), Set.of(), minute(1));
        assertEquals(List.of(polly), over.stream().map(Notice::condition).toList());
    }

    @Test
    void what_ends_is_told_with_the_last_that_was_known_of_it() {
        var _ =
                policy.look(
                        List.of(Condition.counted(NoticeKind.CALLS_REFUSED, 1)),
                        Set.of(),
                        minute(0));
        assertEquals(
                List.of(),
                policy.look(
                        List.of(Condition.counted(NoticeKind.CALLS_REFUSED, 9)),
                        Set.of(),
                        minute(1)));
        Notice over = policy.look(List.of(), Set.of(), minute(6)).getFirst();
        assertEquals(9, over.condition().count().orElseThrow());
        assertEquals(minute(0), over.since());
    }

    @ParameterizedTest
    @CsvSource({
        // Still so: told again when its hour is over, and not before.
        "COST_CAP, 10-80, '60 repeated'",
        // It ended while nobody looked.
        "COST_CAP, '', '10 over'",
        "PROVIDER_DOWN, '', '15 over'",
        "PROVIDER_DOWN, 12-80, '60 repeated'",
    })
    void a_restart_tells_nothing_twice(NoticeKind kind, String present, String expected) {
        var told = new NoticePolicy.Told(Condition.of(kind, "a"), minute(-5), minute(0));
        policy.resume(List.of(told), minute(10));
        List<String> all = new ArrayList<>();
        for (int at = 10; at <= 80; at++) {
            List<Condition> found =
                    isIn(present, at) ? List.of(Condition.of(kind, "a")) : List.of();
            for (Notice notice : policy.look(found, Set.of(), minute(at))) {
                assertEquals(minute(-5), notice.since());
                all.add(at + " " + notice.state().wireName());
            }
        }
        assertEquals(expected, String.join(", ", all));
    }

    @Test
    void what_was_told_and_is_not_over_is_known() {
        var _ =
                policy.look(
                        List.of(
                                Condition.of(NoticeKind.COST_CAP, ""),
                                Condition.of(NoticeKind.PROVIDER_DOWN, "translator google")),
                        Set.of(),
                        minute(0));
        assertEquals(
                List.of(
                        new NoticePolicy.Told(
                                Condition.of(NoticeKind.COST_CAP, ""), minute(0), minute(0))),
                policy.told());
        var _ = policy.look(List.of(), Set.of(), minute(1));
        assertEquals(List.of(), policy.told());
    }

    @Test
    void a_clock_that_is_put_back_tells_nothing_twice() {
        var cap = List.of(Condition.of(NoticeKind.COST_CAP, ""));
        assertEquals(1, policy.look(cap, Set.of(), minute(0)).size());
        assertEquals(List.of(), policy.look(cap, Set.of(), minute(-120)));
    }
}
