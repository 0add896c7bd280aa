package io.sandalphone.harness.fakes.chat;

import io.sandalphone.harness.latency.Delay;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How fast a model is.
///
/// @param first from a request to the first token
/// @param tokensPerSecond afterwards; infinite when as fast as they are taken
public record ChatPace(Delay first, double tokensPerSecond) {
    private static final double SECOND = 1e9;

    /// The model that answer delays are measured with: 200 ms to the first token (450 in one case of twenty), then 60 tokens
    /// a second.
    public static final ChatPace MODELLED = new ChatPace(new Delay(200, 450), 60);

    /// No time at all, for measuring what the client itself takes.
    public static final ChatPace INSTANT = new ChatPace(new Delay(0, 0), Double.POSITIVE_INFINITY);

    public ChatPace {
        if (first.p50() < 0 || first.p95() < first.p50() || !(tokensPerSecond > 0)) {
            throw new IllegalArgumentException("nothing comes before it was asked for, or never");
        }
    }

    /// After how long the first token of an answer comes.
    public Duration drawFirst(RandomGenerator chance) {
        return first.p50() == 0 ? Duration.ZERO : Duration.ofMillis(first.draw(chance));
    }

    /// How long after the first token `count` more have come.
    public Duration lasting(int count) {
        return Duration.ofNanos(Math.round(count / tokensPerSecond * SECOND));
    }
}
