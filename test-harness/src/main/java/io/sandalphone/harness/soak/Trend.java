package io.sandalphone.harness.soak;

import java.util.Arrays;
import java.util.List;

/// How a series of measurements goes, by a line that single measurements cannot bend: its slope is the median of the slopes between
/// every two of them (Theil and Sen), and how sure that is comes from how many of these pairs rise (Kendall's tau).
///
/// @param perHour its slope
/// @param rise how much it goes up along that line from the first measurement to the last
/// @param tau of all pairs of measurements the share that rises, less the share that falls: -1 to 1
public record Trend(double perHour, double rise, double tau) {
    /// From here on it is no accident that measurements rise.
    private static final double SURE = 0.5;

    private static final int LEAST = 4;

    /// A measurement, so many hours after the first.
    public record Point(double hours, double value) {}

    /// Of `points`, in the order in which they were measured; flat where there are fewer than four.
    public static Trend of(List<Point> points) {
        int count = points.size();
        if (count < LEAST) {
            return new Trend(0, 0, 0);
        }
        double[] slopes = new double[count * (count - 1) / 2];
        int filled = 0;
        int rising = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                double up = points.get(j).value() - points.get(i).value();
                slopes[filled++] = up / (points.get(j).hours() - points.get(i).hours());
                rising += (int) Math.signum(up);
            }
        }
        Arrays.sort(slopes);
        double perHour =
                filled % 2 == 1
                        ? slopes[filled / 2]
                        : (slopes[filled / 2 - 1] + slopes[filled / 2]) / 2;
        double span = points.getLast().hours() - points.getFirst().hours();
        return new Trend(perHour, perHour * span, (double) rising / filled);
    }

    /// Of the second half of `points` by time, and of the last four at least: what a program takes in its first hours it may keep.
    public static Trend ofSecondHalf(List<Point> points) {
        if (points.isEmpty()) {
            return of(points);
        }
        double middle = (points.getFirst().hours() + points.getLast().hours()) / 2;
        int half = (int) points.stream().filter(point -> point.hours() >= middle).count();
        int judged = Math.min(points.size(), Math.max(half, LEAST));
        return of(points.subList(points.size() - judged, points.size()));
    }

    /// Whether it grows: by more than `allowance` altogether, and surely.
    public boolean grows(double allowance) {
        return rise > allowance && tau >= SURE;
    }
}
