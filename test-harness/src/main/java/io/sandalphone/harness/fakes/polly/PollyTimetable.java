package io.sandalphone.harness.fakes.polly;

import java.time.Duration;

/// When a fake of Polly does things, and how much it takes on.
///
/// @param firstByte from a request to its first audio
/// @param chunk bytes sent at a time
/// @param speed seconds of audio sent in a second; infinite when as fast as the client takes it
/// @param limited whether requests are refused beyond what Polly lets an account do
public record PollyTimetable(Duration firstByte, int chunk, double speed, boolean limited) {
    /// As Polly is, as far as Amazon says. How soon audio comes is the median of the latency model's published figures
    /// (`providers.properties`), how fast an estimate: well ahead of the listener.
    public static final PollyTimetable PUBLISHED =
            new PollyTimetable(Duration.ofMillis(120), 1003, 8, true);

    /// No time at all, for measuring what the client itself takes.
    public static final PollyTimetable INSTANT =
            new PollyTimetable(Duration.ZERO, 4099, Double.POSITIVE_INFINITY, false);

    public PollyTimetable {
        if (firstByte.isNegative() || chunk < 1 || !(speed > 0)) {
            throw new IllegalArgumentException("nothing comes before it was asked for, or never");
        }
    }

    /// The same with audio at `speed`.
    public PollyTimetable withSpeed(double speed) {
        return new PollyTimetable(firstByte, chunk, speed, limited);
    }

    /// The same with `chunk` bytes at a time.
    public PollyTimetable withChunk(int chunk) {
        return new PollyTimetable(firstByte, chunk, speed, limited);
    }

    /// How long `bytes` bytes keep a listener busy, at the speed of sending.
    Duration lasting(int bytes, int bytesPerSecond) {
        return Duration.ofNanos(Math.round(1e9 * bytes / bytesPerSecond / speed));
    }
}
