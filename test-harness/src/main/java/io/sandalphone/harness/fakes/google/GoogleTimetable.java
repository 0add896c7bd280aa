package io.sandalphone.harness.fakes.google;

import java.time.Duration;

/// When a translation is there: so long after the request, and so much longer for each character.
public record GoogleTimetable(Duration request, Duration character) {
    /// As Google says of its neural model: about 100 ms for a sentence, more for a longer one.
    public static final GoogleTimetable PUBLISHED =
            new GoogleTimetable(Duration.ofMillis(80), Duration.ofNanos(500_000));

    /// At once.
    public static final GoogleTimetable INSTANT = new GoogleTimetable(Duration.ZERO, Duration.ZERO);

    Duration latency(int characters) {
        return request.plus(character.multipliedBy(characters));
    }
}
