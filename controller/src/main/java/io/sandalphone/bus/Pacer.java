package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.time.Loop;
import io.sandalphone.time.PacingSchedule;
import io.sandalphone.time.TickGrid;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The 20 ms ticks of one loop, on which all that is mixed there is sent: one grid of the monotonic
/// clock, so that late ticks do not shift the ones after them. After a stall 60 ms are caught up; the rest
/// is left out, and counted. A tick that finds the loop to have stalled comes one turn of the loop later, in
/// which what has come meanwhile is read: otherwise voices that are there would be made up for. Ticks only while there is something to pace. Runs on its loop.
public final class Pacer {
    private static final Logger log = LoggerFactory.getLogger(Pacer.class);

    static final long PERIOD_NANOS = AudioFrame.MILLIS * 1_000_000L;

    /// As much as a carrier has in its buffer while all is well: more would only delay what follows.
    static final int MOST_AT_ONCE = 3;

    /// A loop that is so late has been kept from running.
    private static final long STALL_NANOS = 5_000_000;

    private static final Duration TURN = Duration.ofMillis(1);

    private final Loop loop;
    private final BusMeters meters;
    private final TickGrid grid;
    private final List<Paced> paced = new ArrayList<>();
    private PacingSchedule schedule;
    private boolean ticking;
    private boolean reading;
    private long nextNanos;

    /// Something that sends 20 ms on each tick.
    @FunctionalInterface
    interface Paced {
        /// `nanos` is when the tick is due, by the loop's clock; it is now, or has just passed.
        void tick(long nanos);
    }

    public Pacer(Loop loop, BusMeters meters) {
        this.loop = loop;
        this.meters = meters;
        grid = new TickGrid(loop.nanoTime(), PERIOD_NANOS);
        schedule = new PacingSchedule(grid.originNanos(), PERIOD_NANOS, MOST_AT_ONCE);
    }

    /// Ticks `each` from the next tick on.
    void add(Paced each) {
        if (!paced.contains(each)) {
            paced.add(each);
        }
        if (!ticking) {
            ticking = true;
            nextNanos = grid.after(loop.nanoTime());
            schedule = new PacingSchedule(nextNanos, PERIOD_NANOS, MOST_AT_ONCE);
            await();
        }
    }

    /// Ticks it no more.
    void remove(Paced each) {
        paced.remove(each);
    }

    private void await() {
        long delay = Math.max(0, nextNanos - loop.nanoTime());
        loop.schedule(Duration.ofNanos(delay), this::tick);
    }

    private void tick() {
        if (paced.isEmpty()) {
            ticking = false;
            return;
        }
        if (!reading && loop.nanoTime() - nextNanos > STALL_NANOS) {
            reading = true;
            loop.schedule(TURN, this::tick);
            return;
        }
        reading = false;
        // A timer may be early by less than it can be set to.
        long now = Math.max(loop.nanoTime(), nextNanos);
        long before = schedule.skippedFrames();
        int due = schedule.framesDue(now);
        long skipped = schedule.skippedFrames() - before;
        meters.skippedTicks().increment((double) skipped);
        long last = grid.atOrBefore(now);
        for (int i = due - 1; i >= 0; i--) {
            tickAll(last - i * PERIOD_NANOS);
        }
        meters.lateness().record(Math.max(0, loop.nanoTime() - nextNanos), TimeUnit.NANOSECONDS);
        nextNanos = grid.after(now);
        await();
    }

    private void tickAll(long nanos) {
        for (Paced each : List.copyOf(paced)) {
            tick(each, nanos);
        }
    }

    // One call's fault is not to cost the others their sound.
    @SuppressWarnings("CatchingThrowable")
    private void tick(Paced each, long nanos) {
        try {
            each.tick(nanos);
        } catch (Throwable fault) {
            meters.faults().increment();
            log.atError().setCause(fault).log("a bus could not be mixed");
        }
    }
}
