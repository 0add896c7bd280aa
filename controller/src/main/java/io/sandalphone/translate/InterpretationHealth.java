package io.sandalphone.translate;

import io.sandalphone.time.NanoClock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;

/// Whether our own code lets calls be interpreted: what was thrown on the way goes into the log and a
/// metric, and is the reason that a health check gives. Engines answer for themselves.
///
/// Thread-safe: one serves all calls.
public final class InterpretationHealth {
    private static final Logger log = LoggerFactory.getLogger(InterpretationHealth.class);

    /// How long a fault is shown that may not happen again.
    private static final Duration SHOWN = Duration.ofMinutes(1);

    private final FaultMeters meters;
    private final NanoClock clock;
    private @Nullable String notStarted;
    private @Nullable String fault;
    private long faultNanos;

    public InterpretationHealth(FaultMeters meters, NanoClock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /// An interpreter did not start. That is shown until one does.
    void notStarted(String callId, Throwable cause) {
        meters.notStarted().increment();
        log.atError()
                .addKeyValue("call", callId)
                .setCause(cause)
                .log("interpreter did not start, tried again later");
        synchronized (this) {
            notStarted = "an interpreter did not start: " + name(cause);
        }
    }

    /// An interpreter started.
    synchronized void started() {
        notStarted = null;
    }

    /// Something was thrown on the loop of a call. That is shown for a while.
    public void faulted(Throwable cause) {
        meters.faults().increment();
        log.atError().setCause(cause).log("fault on the loop of a call");
        synchronized (this) {
            fault = "a fault of our own, see the log: " + name(cause);
            faultNanos = clock.nanoTime();
        }
    }

    /// Why calls are not interpreted as they should be, if there is a reason. Holds no message of an
    /// exception: those are for the log.
    public synchronized Optional<String> unavailableReason() {
        if (fault != null && clock.nanoTime() - faultNanos > SHOWN.toNanos()) {
            fault = null;
        }
        return Optional.ofNullable(notStarted).or(() -> Optional.ofNullable(fault));
    }

    private static String name(Throwable cause) {
        return cause.getClass().getSimpleName();
    }
}
