package io.sandalphone.ops;

import java.util.Locale;

/// How the gateway is, in one word.
///
/// A watchdog that restarts what answers 503 is told 503 only where people cannot be connected: ending a gateway that lacks
/// its translation would take from them what they still have.
enum HealthStatus {
    /// Calls are connected and interpreted.
    UP(200),
    /// Calls are connected. Some are not, or none is interpreted.
    DEGRADED(200),
    /// No call can be connected.
    DOWN(503);

    private final int httpStatus;

    HealthStatus(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    /// What it comes to when a check of `kind` does not work.
    static HealthStatus without(HealthCheck.Kind kind) {
        return switch (kind) {
            case CALLS -> DOWN;
            case SOME_CALLS, INTERPRETATION -> DEGRADED;
            case NOTICE -> UP;
        };
    }

    /// The one of both that is worse.
    HealthStatus worse(HealthStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /// What `GET /health` is answered with.
    int httpStatus() {
        return httpStatus;
    }

    /// As it is written in JSON.
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
