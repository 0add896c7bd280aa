package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.asterisk.ari.AriException;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// Everything one call has at Asterisk. What is made is written down before it is asked for, so that
/// nothing is forgotten, whatever happens in between. Runs on the call's loop.
final class Resources {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Loop loop;
    private final AriCommands ari;
    private final Set<String> channels = new LinkedHashSet<>();
    private final Set<String> bridges = new LinkedHashSet<>();
    private final Set<String> discarded = new HashSet<>();
    private final Map<String, Future<?>> inTheMaking = new LinkedHashMap<>();
    // A bridge that was given up may still be made, and no event would tell.
    private boolean bridgeMayCome;
    // The whole call is being removed.
    private boolean over;

    Resources(Loop loop, AriCommands ari) {
        this.loop = loop;
        this.ari = ari;
    }

    /// Asks for a channel with this id.
    <T> Future<T> channel(String id, Supplier<Future<T>> creation) {
        channels.add(id);
        return track(id, creation.get());
    }

    /// Asks for a bridge with this id.
    <T> Future<T> bridge(String id, Supplier<Future<T>> creation) {
        bridges.add(id);
        return track(id, creation.get())
                .onFailure(failure -> bridgeMayCome |= AriException.isUnanswered(failure));
    }

    /// A channel that was there without us.
    void adopt(String channel) {
        channels.add(channel);
    }

    /// A bridge that was there without us.
    void adoptBridge(String bridge) {
        bridges.add(bridge);
    }

    /// Whether the channel is one of the call's that nobody has given up.
    boolean wants(String channel) {
        return channels.contains(channel) && !discarded.contains(channel);
    }

    /// Whether something may still be made of which nobody will be told.
    boolean mayGrow() {
        return bridgeMayCome;
    }

    private <T> Future<T> track(String id, Future<T> creation) {
        inTheMaking.put(id, creation);
        return creation.onComplete(_ -> inTheMaking.remove(id, creation));
    }

    /// Removes these while the call goes on. Asked for until they are known to be gone, or the whole
    /// call is removed.
    void discard(Collection<String> unwantedChannels, Collection<String> unwantedBridges) {
        discarded.addAll(unwantedChannels);
        var _ =
                remove(
                        List.copyOf(unwantedChannels),
                        List.copyOf(unwantedBridges),
                        HangupCause.NORMAL,
                        () -> !over);
    }

    /// Removes all there is. Asks for 8 s; completes with whether all of it is known to be gone.
    Future<Boolean> removeAll(HangupCause cause) {
        return removeAll(Set.of(), cause);
    }

    /// The same for all channels, and all bridges, but these.
    Future<Boolean> removeAllBut(Set<String> keep) {
        return removeAll(keep, HangupCause.NORMAL);
    }

    private Future<Boolean> removeAll(Set<String> keep, HangupCause cause) {
        over = true;
        long deadline = loop.nanoTime() + PATIENCE.toNanos();
        return remove(
                channels.stream().filter(id -> !keep.contains(id)).toList(),
                bridges.stream().filter(id -> !keep.contains(id)).toList(),
                cause,
                () -> loop.nanoTime() < deadline);
    }

    /// The channels, then the bridges. What was asked for and has not come yet is waited for first;
    /// one whose making failed left nothing behind, or comes later.
    private Future<Boolean> remove(
            List<String> unwantedChannels,
            List<String> unwantedBridges,
            HangupCause cause,
            BooleanSupplier again) {
        return each(unwantedChannels, id -> ari.hangUp(id, cause), channels, again)
                .compose(
                        gone ->
                                each(unwantedBridges, ari::removeBridge, bridges, again)
                                        .map(removed -> gone && removed));
    }

    private Future<Boolean> each(
            List<String> ids,
            Function<String, Future<@Nullable Void>> removal,
            Set<String> ledger,
            BooleanSupplier again) {
        List<Future<Boolean>> removals = new ArrayList<>();
        for (String id : ids) {
            removals.add(
                    made(id).compose(_ -> attempt(() -> removal.apply(id), FIRST_PAUSE, again))
                            .onSuccess(
                                    gone -> {
                                        if (gone) {
                                            ledger.remove(id);
                                        }
                                    }));
        }
        return Future.all(removals).map(_ -> removals.stream().allMatch(Future::result));
    }

    private Future<?> made(String id) {
        Future<?> creation = inTheMaking.get(id);
        return creation == null ? Future.succeededFuture() : creation.otherwiseEmpty();
    }

    private Future<Boolean> attempt(
            Supplier<Future<@Nullable Void>> removal, Duration pause, BooleanSupplier again) {
        return removal.get()
                .map(true)
                .recover(
                        _ -> {
                            Promise<Boolean> later = Promise.promise();
                            loop.schedule(
                                    pause,
                                    () -> {
                                        if (again.getAsBoolean()) {
                                            attempt(removal, longer(pause), again)
                                                    .onComplete(later);
                                        } else {
                                            later.complete(false);
                                        }
                                    });
                            return later.future();
                        });
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
