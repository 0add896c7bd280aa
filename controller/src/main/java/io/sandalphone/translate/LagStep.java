package io.sandalphone.translate;

/// What is done about an interpretation that is behind its speaker, from one lag on to the next.
public enum LagStep {
    /// Nothing.
    CALM(0, 1),
    /// Pauses are shortened.
    TIGHT(0.75, 1),
    /// It is spoken faster, too.
    BRISK(1.5, 1.08),
    FAST(3, 1.15),
    /// As fast as can be; what nobody has begun to translate is joined, too.
    HURRIED(5, 1.25);

    private final double from;
    private final double pace;

    LagStep(double from, double pace) {
        this.from = from;
        this.pace = pace;
    }

    /// From which lag on, in seconds where the bound is 8 s, and in proportion where it is another.
    double from() {
        return from;
    }

    /// The one below it.
    LagStep calmer() {
        return switch (this) {
            case CALM, TIGHT -> CALM;
            case BRISK -> TIGHT;
            case FAST -> BRISK;
            case HURRIED -> FAST;
        };
    }

    /// How many seconds of sound are spoken in one.
    double pace() {
        return pace;
    }
}
