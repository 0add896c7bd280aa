package io.sandalphone.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/// The days: 2026-03-02 is a Monday.
class HoursTest {
    private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

    private static boolean open(String line, String there) {
        return new Hours(MADRID, Hours.parse(line))
                .open(LocalDateTime.parse(there).atZone(MADRID).toInstant());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mon-Fri 09:00-17:00 | 2026-03-02T09:00 | true",
                "Mon-Fri 09:00-17:00 | 2026-03-02T08:59:59 | false",
                "Mon-Fri 09:00-17:00 | 2026-03-02T17:00 | false",
                "Mon-Fri 09:00-17:00 | 2026-03-06T16:59 | true",
                "Mon-Fri 09:00-17:00 | 2026-03-07T12:00 | false",
                "mon - fri 9:00 - 17:00 | 2026-03-02T09:00 | true",
                "Mon,Wed 09:00-10:00 | 2026-03-03T09:30 | false",
                "Mon,Wed 09:00-10:00 | 2026-03-04T09:30 | true",
                "Sat-Mon 09:00-10:00 | 2026-03-01T09:30 | true",
                "Sat-Mon 09:00-10:00 | 2026-03-03T09:30 | false",
                "Mon 09:00-12:30, 13:30-17:00 | 2026-03-02T13:00 | false",
                "Mon 09:00-12:30, 13:30-17:00 | 2026-03-02T13:30 | true",
                "08:00-24:00 | 2026-03-01T23:59:59 | true",
                "00:00-24:00 | 2026-03-01T00:00 | true",
                "Fri 22:00-02:00 | 2026-03-07T01:59 | true",
                "Fri 22:00-02:00 | 2026-03-07T02:00 | false",
                "Fri 22:00-02:00 | 2026-03-06T01:00 | false",
                "Sun 22:00-02:00 | 2026-03-02T00:00 | true",
            })
    void a_line_says_when_calls_are_taken(String line, String there, boolean open) {
        assertEquals(open, open(line, there));
    }

    /// On 2026-03-29 two o'clock is three.
    @Test
    void the_clock_on_the_wall_counts_when_it_is_put_forward() {
        var hours = new Hours(MADRID, Hours.parse("Sun 03:00-04:00"));
        var first = LocalDateTime.parse("2026-03-29T01:59").atZone(MADRID).toInstant();
        assertEquals(false, hours.open(first));
        assertEquals(true, hours.open(first.plusSeconds(60)));
        assertEquals(false, hours.open(first.plusSeconds(61 * 60)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Mon",
                "Mon-Fri",
                "always",
                "Mon-Fri 9-17",
                "Mon-Fri 09:00",
                "Mon 09:00-25:00",
                "Mon 09:60-10:00",
                "Mon 10:00-10:00",
                "Mon 24:00-10:00",
                "Mon-Tue-Wed 09:00-10:00",
                "Foo 09:00-10:00",
                "Mon 09:00-10:00,",
                "Mon; 09:00-10:00",
                "Monday 09:00-10:00"
            })
    void what_is_no_line_of_hours_is_refused(String line) {
        assertThrows(IllegalArgumentException.class, () -> Hours.parse(line));
    }

    @Test
    void hours_in_which_nobody_is_ever_there_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Hours(MADRID, List.of()));
    }
}
