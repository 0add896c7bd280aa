package io.sandalphone.translate;

/// What is done about an interpretation that is behind its speaker, from one lag on to the next.
public enum LagStep {
    /// Nothing.
    CALM(0, 0, 1),
    /// Pauses are shortened.
    TIGHT(0.3, 0.15, 1),
    /// It is spoken faster, too.
    BRISK(0.5, 0.25, 1.08),
    FAST(1, 0.5, 1.15),
    /// As fast as can be.
    HURRIED(1.5, 0.75, 1.25),
    /// Likewise, and what nobody has begun to translate is joined.
    JOINING(5, 3, 1.25);

    private final double from;
    private final double left;
    private final double pace;

    LagStep(double from, double left, double pace) {
        this.from = from;
        this.left = left;
        this.pace = pace;
    }

    /// From which lag on, in seconds where the bound is 8 s, and in proportion where it is another.
    double from() {
        return from;
    }

    /// Below which lag it ends, in the same seconds: who speaks on would soon be as far ahead again.
    double left() {
        return left;
    }

    /// The one below it.
    LagStep calmer() {
        return switch (this) {
            case CALM, TIGHT -> CALM;
            case BRISK -> TIGHT;
            case FAST -> BRISK;
            case HURRIED -> FAST;
            case JOINING -> HURRIED;
        };
    }

    /// How many seconds of sound are spoken in one.
    public double pace() {
        return pace;
    }
}
