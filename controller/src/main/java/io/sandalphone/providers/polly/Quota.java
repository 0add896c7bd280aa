package io.sandalphone.providers.polly;

/// How many requests may be made, of one account in one region with one engine.
///
/// @param rate requests a second that may be kept up
/// @param burst the most requests in any one second
public record Quota(int rate, int burst) {
    public Quota {
        if (rate < 1 || burst <= rate) {
            throw new IllegalArgumentException(
                    "a burst of %d a second at a rate of %d".formatted(burst, rate));
        }
    }

    /// How many requests may be saved up while there is nothing to say. A second can see no more
    /// than what was saved up and what that second adds, which together is the burst.
    int savings() {
        return burst - rate;
    }
}
