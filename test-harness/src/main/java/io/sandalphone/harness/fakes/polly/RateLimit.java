package io.sandalphone.harness.fakes.polly;

import io.sandalphone.harness.fakes.BusiestSecond;

import java.util.LinkedHashMap;
import java.util.Map;

/// What Polly lets an account do with one engine: requests a second, saved up to a burst, and answers
/// at once. Times are nanoseconds and never go back.
final class RateLimit {
    private static final double SECOND = 1e9;

    private final double rate;
    private final double burst;
    private final int most;
    private final BusiestSecond seen = new BusiestSecond();
    private double saved;
    private long last;
    private int underWay;

    private RateLimit(double rate, double burst, int most, long nowNanos) {
        last = nowNanos;
        this.rate = rate;
        this.burst = burst;
        this.most = most;
        saved = burst;
    }

    /// As published, by engine. No burst is published for the generative one.
    static Map<String, RateLimit> published(long nowNanos) {
        Map<String, RateLimit> byEngine = new LinkedHashMap<>();
        byEngine.put("standard", new RateLimit(80, 100, 80, nowNanos));
        byEngine.put("neural", new RateLimit(8, 10, 18, nowNanos));
        byEngine.put("long-form", new RateLimit(8, 10, 26, nowNanos));
        byEngine.put("generative", new RateLimit(8, 8, 26, nowNanos));
        return byEngine;
    }

    /// A request came: whether it may be carried out.
    boolean take(long nowNanos) {
        seen.count(nowNanos);
        saved = Math.min(burst, saved + (nowNanos - last) / SECOND * rate);
        last = nowNanos;
        if (saved < 1 || underWay >= most) {
            return false;
        }
        saved--;
        return true;
    }

    void begun() {
        underWay++;
    }

    void over() {
        underWay--;
    }

    int busiestSecond() {
        return seen.most();
    }
}
