package io.sandalphone.harness.lab;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waiting for what no event tells of: other processes, mostly.
public final class Poll {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration SELDOM = Duration.ofMillis(250);

    private Poll() {}

    /// `reached`, looked at four times a second at most, for what takes long to look at; false in between.
    public static BooleanSupplier seldom(BooleanSupplier reached) {
        var next = new AtomicLong(System.nanoTime());
        return () -> {
            if (System.nanoTime() - next.get() < 0) {
                return false;
            }
            boolean is = reached.getAsBoolean();
            next.set(System.nanoTime() + SELDOM.toNanos());
            return is;
        };
    }

    /// Returns as soon as `reached`; throws after `patience`, naming `what` was expected.
    public static void until(Duration patience, BooleanSupplier reached, String what) {
        until(patience, reached, () -> what);
    }

    /// The same, with a text that is made when it is needed.
    public static void until(Duration patience, BooleanSupplier reached, Supplier<String> what) {
        long start = System.nanoTime();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new AssertionError("not within " + patience + ": " + what.get());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
