package io.sandalphone.agent;

import io.sandalphone.tools.MessageQuota;

import java.time.Duration;

/// What an agent may use up in one call: time and messages. One for each call, however often the conversation is interrupted,
/// because sound was lost or nobody could be reached. Thread-safe.
public final class CallAllowance {
    private final long begunNanos;
    private final MessageQuota messages = new MessageQuota();

    /// The conversation begins now, at `nanos` by the clock of the call's loop.
    public CallAllowance(long nanos) {
        begunNanos = nanos;
    }

    /// What is left of `whole` at `nanos` by the same clock; never negative.
    Duration left(Duration whole, long nanos) {
        Duration left = whole.minusNanos(nanos - begunNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    MessageQuota messages() {
        return messages;
    }
}
