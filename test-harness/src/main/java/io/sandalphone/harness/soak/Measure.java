package io.sandalphone.harness.soak;

import java.util.Locale;

/// What is measured in a soak each time that no call lives, and how much more of it at the end than in the middle is no growth: what
/// caches and pools have, and the precision of the measurement.
public enum Measure {
    THREADS("threads", 1, 4, 0, true),
    DESCRIPTORS("descriptors", 1, 6, 0, true),
    /// What is alive after a collection.
    HEAP("heap", 1e6, 1.5e6, 0.03, true),
    /// What the virtual machine has committed outside its heap.
    NATIVE("native", 1e6, 6e6, 0.03, false),
    RESIDENT("RSS", 1e6, 12e6, 0.03, false),
    CHANNELS("channels", 1, 0, 0, true),
    BRIDGES("bridges", 1, 0, 0, true),
    /// Of UDP, of the gateway and of Asterisk.
    SOCKETS("sockets", 1, 1, 0, true),
    ASTERISK_THREADS("ast. threads", 1, 6, 0, true),
    ASTERISK_DESCRIPTORS("ast. descriptors", 1, 6, 0, true),
    ASTERISK_RESIDENT("ast. RSS", 1e6, 8e6, 0.05, false);

    private final String words;
    private final double unit;
    private final double allowance;
    private final double share;
    private final boolean soonSteady;

    Measure(String words, double unit, double allowance, double share, boolean soonSteady) {
        this.words = words;
        this.unit = unit;
        this.allowance = allowance;
        this.share = share;
        this.soonSteady = soonSteady;
    }

    /// What the second half may add to `value`.
    double allowance(double value) {
        return allowance + share * value;
    }

    /// Whether it is steady within minutes; what the compiler and the allocators take goes on growing for half an hour.
    boolean isSoonSteady() {
        return soonSteady;
    }

    /// A value, in its unit: things, or megabytes.
    String text(double value) {
        return String.format(Locale.ROOT, unit == 1 ? "%.0f" : "%.1f", value / unit);
    }

    /// A slope.
    String perHour(double slope) {
        return String.format(Locale.ROOT, "%+.2f%s/h", slope / unit, unit == 1 ? "" : " MB");
    }

    @Override
    public String toString() {
        return words;
    }
}
