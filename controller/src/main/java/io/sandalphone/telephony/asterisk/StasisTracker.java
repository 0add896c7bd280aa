package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Channel;

import io.sandalphone.telephony.asterisk.ari.AriException;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Waits for channels to enter Stasis, which may happen before or after the answer to the request
/// that made them. Nothing may be done with a channel before: what is added to a bridge too early is
/// refused now and then.
///
/// Runs on the call's loop.
final class StasisTracker {
    /// How long a channel may take.
    static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Loop loop;
    private final Map<String, Promise<Channel>> awaited = new HashMap<>();
    private final Map<String, Channel> there = new HashMap<>();

    StasisTracker(Loop loop) {
        this.loop = loop;
    }

    /// Completes with the channel when it is in Stasis. Fails when `creation` is refused, when the
    /// channel ends before, and when it does not come in time. A creation without an answer is no
    /// failure: the channel may be there all the same.
    Future<Channel> await(String id, Future<?> creation) {
        Channel early = there.get(id);
        if (early != null) {
            return Future.succeededFuture(early);
        }
        Promise<Channel> waiting = awaited.computeIfAbsent(id, _ -> Promise.promise());
        Loop.Timer overdue =
                loop.schedule(
                        DEADLINE,
                        () -> waiting.tryFail(new IllegalStateException("no StasisStart in time")));
        creation.onFailure(
                failure -> {
                    if (!AriException.isUnanswered(failure)) {
                        waiting.tryFail(failure);
                    }
                });
        return waiting.future()
                .onComplete(
                        _ -> {
                            overdue.cancel();
                            awaited.remove(id, waiting);
                        });
    }

    /// The channel entered Stasis.
    void entered(Channel channel) {
        there.put(channel.getId(), channel);
        Promise<Channel> waiting = awaited.get(channel.getId());
        if (waiting != null) {
            waiting.tryComplete(channel);
        }
    }

    /// The channel left Stasis, or ended.
    void left(String id) {
        there.remove(id);
        Promise<Channel> waiting = awaited.get(id);
        if (waiting != null) {
            waiting.tryFail(new IllegalStateException("channel ended before it entered Stasis"));
        }
    }

    /// Whether the channel is in Stasis, as far as is known.
    boolean has(@Nullable String id) {
        return there.containsKey(id);
    }
}
