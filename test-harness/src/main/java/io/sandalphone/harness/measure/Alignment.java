package io.sandalphone.harness.measure;

import java.util.Arrays;
import java.util.Optional;

/// Where each moment of what one phone said is heard in another phone's recording. The delay may
/// change in the course of the call, as jitter buffers and the phones' clocks make it; between the
/// places where speech shows the delay, the last one holds.
final class Alignment {
    private static final int HOP = 100 * Signal.PER_MILLI;
    private static final int WINDOW = 500 * Signal.PER_MILLI;

    /// How far the delay may change from one place with speech to the next.
    private static final int REACH = 600 * Signal.PER_MILLI;

    /// A delay is kept unasked while the window resembles what was said this much.
    private static final double SAME = 0.97;

    /// A new delay must explain the window at least this well; strangers reach 0.3.
    private static final double CONVINCING = 0.5;

    /// Windows with less than this much said, as an amplitude, show no delay.
    private static final double AUDIBLE = 60;

    private final int[] delays;

    private Alignment(int[] delays) {
        this.delays = delays;
    }

    /// Empty when what was said is nowhere in what was heard.
    static Optional<Alignment> of(double[] said, double[] heard) {
        double[] a = Signal.emphasized(said);
        double[] b = Signal.emphasized(heard);
        if (a.length == 0 || b.length == 0) {
            return Optional.empty();
        }
        int delay = commonDelay(a, b);
        int windows = heard.length / HOP + 1;
        int[] delays = new int[windows];
        int current = delay;
        int first = -1;
        for (int i = 0; i < windows; i++) {
            int start = i * HOP - WINDOW / 2 + HOP / 2;
            if (audible(a, start - current)) {
                double kept = Signal.resemblance(b, start, a, start - current, WINDOW);
                // A drifting clock moves the delay by a sample at a time, a jitter buffer by a
                // frame.
                for (int reach = 1; kept < SAME && reach <= REACH; reach *= REACH) {
                    Signal.Place place =
                            Signal.mostSimilar(b, start, a, start - current, WINDOW, reach);
                    if (place.resemblance() > Math.max(CONVINCING, kept)) {
                        current -= place.shift();
                        kept = place.resemblance();
                    }
                }
                if (first < 0 && kept > CONVINCING) {
                    first = i;
                    Arrays.fill(delays, 0, i, current);
                }
            }
            delays[i] = current;
        }
        return first < 0 ? Optional.empty() : Optional.of(new Alignment(delays));
    }

    private static boolean audible(double[] said, int start) {
        return Signal.energy(said, start, start + WINDOW) > WINDOW * AUDIBLE * AUDIBLE / 4;
    }

    private static int commonDelay(double[] said, double[] heard) {
        double[] dots = Signal.slidingDotProducts(said, heard);
        int best = 0;
        for (int i = 1; i < dots.length; i++) {
            if (dots[i] > dots[best]) {
                best = i;
            }
        }
        return best - (said.length - 1);
    }

    /// By how many samples what is heard at sample `heard` lags behind its place in what was said.
    int delayAt(int heard) {
        return delays[Math.clamp(heard / HOP, 0, delays.length - 1)];
    }

    /// The sample of what was said that is heard at sample `heard`.
    int saidAt(int heard) {
        return heard - delayAt(heard);
    }

    /// The sample at which sample `said` of what was said is heard.
    int heardAt(int said) {
        int heard = said + delayAt(said + delays[0]);
        return said + delayAt(heard);
    }

    /// What was said, moved to where it is heard, `length` samples long.
    double[] applied(double[] said, int length) {
        double[] moved = new double[length];
        for (int i = 0; i < length; i++) {
            int from = saidAt(i);
            if (from >= 0 && from < said.length) {
                moved[i] = said[from];
            }
        }
        return moved;
    }
}
