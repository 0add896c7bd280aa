package io.sandalphone.time;

/// The moments at which everything on one loop sends: every period, counted from an origin and not
/// from one another, so that late ticks do not shift the ones after them.
public record TickGrid(long originNanos, long periodNanos) {
    /// The tick at `nowNanos`, or the last before it.
    public long atOrBefore(long nowNanos) {
        return nowNanos - Math.floorMod(nowNanos - originNanos, periodNanos);
    }

    /// The first tick after `nowNanos`.
    public long after(long nowNanos) {
        return atOrBefore(nowNanos) + periodNanos;
    }
}
