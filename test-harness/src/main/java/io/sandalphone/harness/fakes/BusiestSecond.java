package io.sandalphone.harness.fakes;

import java.util.ArrayDeque;
import java.util.Deque;

/// The most events there were within any one second. Times are nanoseconds and never go back.
public final class BusiestSecond {
    private static final long SECOND = 1_000_000_000;

    private final Deque<Long> last = new ArrayDeque<>();
    private int most;

    public void count(long nowNanos) {
        last.addLast(nowNanos);
        while (nowNanos - last.getFirst() >= SECOND) {
            last.removeFirst();
        }
        most = Math.max(most, last.size());
    }

    public int most() {
        return most;
    }
}
