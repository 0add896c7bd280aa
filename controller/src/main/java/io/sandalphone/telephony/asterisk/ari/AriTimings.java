package io.sandalphone.telephony.asterisk.ari;

import java.time.Duration;

/// How patient we are with an Asterisk.
///
/// @param request from sending a request to its whole answer
/// @param ping how often the events connection is probed
/// @param silence with nothing heard for so long, not even the answer to a ping, the events
///     connection counts as lost
/// @param firstRetry wait before the first attempt to reconnect; doubles with every failure
/// @param longestRetry the longest such wait
public record AriTimings(
        Duration request,
        Duration ping,
        Duration silence,
        Duration firstRetry,
        Duration longestRetry) {

    public AriTimings {
        requirePositive("request time-out", request);
        requirePositive("ping interval", ping);
        requirePositive("first retry", firstRetry);
        if (silence.compareTo(ping) <= 0) {
            throw new IllegalArgumentException(
                    "ARI silence limit " + silence + " does not exceed ping interval " + ping);
        }
        if (longestRetry.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException(
                    "ARI longest retry " + longestRetry + " is below first retry " + firstRetry);
        }
    }

    /// 5 s for a request, a ping every 5 s, lost after 15 s of silence, retries after 0.25 s up to
    /// 5 s.
    public static AriTimings usual() {
        return new AriTimings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofMillis(250),
                Duration.ofSeconds(5));
    }

    private static void requirePositive(String what, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("ARI " + what + " " + duration + " is not positive");
        }
    }
}
