package io.sandalphone.telephony.asterisk;

import io.sandalphone.time.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Waits for channels to enter Stasis, which may happen before or after the answer to the request
/// that made them. Before it, Asterisk may refuse to add a channel to a bridge. Runs on the
/// call's loop.
final class StasisTracker {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Loop loop;
    private final Map<String, Promise<Void>> awaited = new HashMap<>();
    private final Set<String> there = new HashSet<>();

    StasisTracker(Loop loop) {
        this.loop = loop;
    }

    /// Completes when the channel is in Stasis; fails when it ends before, or does not come.
    Future<Void> await(String channel) {
        if (there.contains(channel)) {
            return Future.succeededFuture();
        }
        Promise<Void> waiting = awaited.computeIfAbsent(channel, _ -> Promise.promise());
        Loop.Timer overdue =
                loop.schedule(
                        DEADLINE,
                        () -> waiting.tryFail(new IllegalStateException("no StasisStart in time")));
        return waiting.future().onComplete(_ -> overdue.cancel());
    }

    /// The channel entered Stasis.
    void entered(String channel) {
        there.add(channel);
        Promise<Void> waiting = awaited.remove(channel);
        if (waiting != null) {
            waiting.tryComplete();
        }
    }

    /// The channel left Stasis, or ended.
    void left(String channel) {
        there.remove(channel);
        Promise<Void> waiting = awaited.remove(channel);
        if (waiting != null) {
            waiting.tryFail(new IllegalStateException("channel ended before it entered Stasis"));
        }
    }
}
