package io.sandalphone.media.vad;

/// The mean of the latest values.
final class RecentMean {
    private final double[] values;
    private int next;
    private int count;

    /// Keeps the last `most` values.
    RecentMean(int most) {
        values = new double[most];
    }

    void add(double value) {
        values[next] = value;
        next = (next + 1) % values.length;
        count = Math.min(count + 1, values.length);
    }

    /// Of the last `latest` values; 0 as long as there are fewer.
    double of(int latest) {
        if (count < latest) {
            return 0;
        }
        double sum = 0;
        for (int i = 1; i <= latest; i++) {
            sum += values[(next - i + values.length) % values.length];
        }
        return sum / latest;
    }

    void clear() {
        count = 0;
    }
}
