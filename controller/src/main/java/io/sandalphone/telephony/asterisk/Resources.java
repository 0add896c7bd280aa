package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Everything one call has at Asterisk. What is made is written down before it is asked for, so that
/// nothing is forgotten, whatever happens in between. Runs on the call's loop.
final class Resources {
    private static final int TRIES = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Loop loop;
    private final AriCommands ari;
    private final Set<String> channels = new LinkedHashSet<>();
    private final Set<String> bridges = new LinkedHashSet<>();
    private final Map<String, Future<?>> inTheMaking = new LinkedHashMap<>();

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
        return track(id, creation.get());
    }

    /// A channel that was there without us.
    void adopt(String channel) {
        channels.add(channel);
    }

    boolean has(String channel) {
        return channels.contains(channel);
    }

    private <T> Future<T> track(String id, Future<T> creation) {
        inTheMaking.put(id, creation);
        return creation.onComplete(_ -> inTheMaking.remove(id));
    }

    /// Removes these channels, then these bridges. What was asked for and has not come yet is waited
    /// for first. Tries again what Asterisk does not answer; completes with whether all of it is
    /// known to be gone.
    Future<Boolean> remove(
            Collection<String> unwantedChannels,
            Collection<String> unwantedBridges,
            HangupCause cause) {
        List<String> hangUp = new ArrayList<>(unwantedChannels);
        List<String> remove = new ArrayList<>(unwantedBridges);
        return made(hangUp)
                .compose(_ -> made(remove))
                .compose(_ -> each(hangUp, channel -> ari.hangUp(channel, cause), channels))
                .compose(
                        gone ->
                                each(remove, ari::removeBridge, bridges)
                                        .map(removed -> gone && removed));
    }

    /// Removes all there is.
    Future<Boolean> removeAll(HangupCause cause) {
        return remove(channels, bridges, cause);
    }

    /// All channels, and all bridges, but these.
    Future<Boolean> removeAllBut(Set<String> keep) {
        var unwantedChannels = new ArrayList<>(channels);
        unwantedChannels.removeAll(keep);
        var unwantedBridges = new ArrayList<>(bridges);
        unwantedBridges.removeAll(keep);
        return remove(unwantedChannels, unwantedBridges, HangupCause.NORMAL);
    }

    private Future<?> made(List<String> ids) {
        List<Future<?>> pending = new ArrayList<>();
        for (String id : ids) {
            Future<?> creation = inTheMaking.get(id);
            if (creation != null) {
                // One that failed left nothing behind.
                pending.add(creation.otherwiseEmpty());
            }
        }
        return Future.all(pending);
    }

    private Future<Boolean> each(
            List<String> ids,
            Function<String, Future<@Nullable Void>> removal,
            Set<String> ledger) {
        List<Future<Boolean>> removals =
                ids.stream()
                        .map(
                                id ->
                                        attempt(() -> removal.apply(id), TRIES)
                                                .onSuccess(
                                                        gone -> {
                                                            if (gone) {
                                                                ledger.remove(id);
                                                            }
                                                        }))
                        .toList();
        return Future.all(removals).map(_ -> removals.stream().allMatch(Future::result));
    }

    private Future<Boolean> attempt(Supplier<Future<@Nullable Void>> removal, int tries) {
        return removal.get()
                .map(true)
                .recover(
                        _ -> {
                            if (tries <= 1) {
                                return Future.succeededFuture(false);
                            }
                            Promise<Boolean> later = Promise.promise();
                            loop.schedule(
                                    PAUSE, () -> attempt(removal, tries - 1).onComplete(later));
                            return later.future();
                        });
    }
}
