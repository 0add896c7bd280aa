package io.sandalphone.harness.bench;

import java.util.Arrays;
import java.util.stream.LongStream;

/// How far frames that should come every 20 ms are from that.
final class CadenceError {
    private static final long FRAME_NANOS = 20_000_000;

    /// How many frames lay one grid: a second.
    private static final int TOGETHER = 50;

    private CadenceError() {}

    /// How far each of `nanos`, in their order, is from a grid of 20 ms, earlier or later. The grid goes
    /// through the median of each second, so that one late frame counts once, and one that never came for
    /// as long as it takes to be the rule. What is left over at the end, less than a second, is left out.
    static LongStream of(long[] nanos) {
        return LongStream.range(0, nanos.length / TOGETHER)
                .flatMap(i -> ofSecond(nanos, (int) i * TOGETHER));
    }

    private static LongStream ofSecond(long[] nanos, int from) {
        long[] offsets = new long[TOGETHER];
        for (int i = 0; i < TOGETHER; i++) {
            offsets[i] = nanos[from + i] - nanos[from] - i * FRAME_NANOS;
        }
        long[] sorted = offsets.clone();
        Arrays.sort(sorted);
        long median = sorted[TOGETHER / 2];
        return Arrays.stream(offsets).map(offset -> Math.abs(offset - median));
    }
}
