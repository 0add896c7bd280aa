package io.sandalphone.routing;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When calls to a number are taken, by the clock on the wall at a place: also on the days on which that is put forward or back.
public record Hours(ZoneId zone, List<Span> spans) {
    /// What one line must look like, for messages to people.
    static final String EXPECTED =
            "days and times such as \"Mon-Fri 09:00-12:30, 13:30-17:00\", \"Sat,Sun 10:00-14:00\","
                    + " or \"22:00-06:00\" for every day";

    private static final Pattern LINE =
            Pattern.compile("(?:([A-Za-z]{3}(?: *[-,] *[A-Za-z]{3})*) +)?([0-9: ,-]+)");
    private static final Pattern TIMES =
            Pattern.compile("([0-9]{1,2}:[0-9]{2}) *- *([0-9]{1,2}:[0-9]{2})");
    private static final String MIDNIGHT = "24:00";

    /// From `opens` on one of the days on, for `length`: into the next day, where it is long enough.
    public record Span(Set<DayOfWeek> days, LocalTime opens, Duration length) {
        public Span {
            days = Set.copyOf(days);
        }

        private boolean holds(LocalDateTime now) {
            LocalDateTime today = now.toLocalDate().atTime(opens);
            return holds(now, today) || holds(now, today.minusDays(1));
        }

        private boolean holds(LocalDateTime now, LocalDateTime opened) {
            return days.contains(opened.getDayOfWeek())
                    && !now.isBefore(opened)
                    && now.isBefore(opened.plus(length));
        }
    }

    public Hours {
        spans = List.copyOf(spans);
        if (spans.isEmpty()) {
            throw new IllegalArgumentException("hours in which no call is ever taken");
        }
    }

    /// Whether calls are taken at `now`.
    public boolean open(Instant now) {
        LocalDateTime there = LocalDateTime.ofInstant(now, zone);
        return spans.stream().anyMatch(span -> span.holds(there));
    }

    /// Reads one line, as [#EXPECTED] says.
    ///
    /// @throws IllegalArgumentException when it is none
    public static List<Span> parse(String line) {
        Matcher whole = LINE.matcher(line.strip());
        if (!whole.matches()) {
            throw new IllegalArgumentException("not hours");
        }
        Set<DayOfWeek> days =
                whole.group(1) == null ? EnumSet.allOf(DayOfWeek.class) : days(whole.group(1));
        List<Span> spans = new ArrayList<>();
        for (String times : whole.group(2).split(",", -1)) {
            spans.add(span(days, times.strip()));
        }
        return spans;
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.strip().split(" *- *", -1);
            if (ends.length > 2) {
                throw new IllegalArgumentException("not days");
            }
            DayOfWeek last = day(ends[ends.length - 1]);
            // From Saturday to Monday is over the end of the week.
            for (DayOfWeek day = day(ends[0]); ; day = day.plus(1)) {
                days.add(day);
                if (day == last) {
                    break;
                }
            }
        }
        return days;
    }

    private static DayOfWeek day(String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().substring(0, 3).equals(text.toUpperCase(Locale.ROOT))) {
                return day;
            }
        }
        throw new IllegalArgumentException("not a day");
    }

    private static Span span(Set<DayOfWeek> days, String text) {
        Matcher times = TIMES.matcher(text);
        if (!times.matches()) {
            throw new IllegalArgumentException("not times");
        }
        int opens = minute(times.group(1));
        int closes = minute(times.group(2));
        int whole = 24 * 60;
        if (opens == whole || opens == closes) {
            throw new IllegalArgumentException("no time at all");
        }
        int minutes = closes > opens ? closes - opens : closes + whole - opens;
        return new Span(days, LocalTime.MIN.plusMinutes(opens), Duration.ofMinutes(minutes));
    }

    private static int minute(String time) {
        if (time.equals(MIDNIGHT)) {
            return 24 * 60;
        }
        int colon = time.indexOf(':');
        int hour = Integer.parseInt(time.substring(0, colon));
        int minute = Integer.parseInt(time.substring(colon + 1));
        if (hour > 23 || minute > 59) {
            throw new IllegalArgumentException("no time of day");
        }
        return hour * 60 + minute;
    }
}
