package io.sandalphone.ops;

import java.time.Duration;

/// What the connections of a listener may take: how many there may be; how long the first request of
/// a connection may take to arrive, and the body of each; and how long a connection may be without a
/// request after that.
public record ConnectionLimits(int max, Duration requestTimeout, Duration idleTimeout) {
    public ConnectionLimits {
        if (max < 2) {
            throw new IllegalArgumentException(max + " connections are too few");
        }
    }
}
