package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Channel;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.asterisk.Sweep.Inventory;
import io.sandalphone.time.Loop;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Clears away what no live call owns at Asterisk, and finds what was missed while no events came:
/// looks at all there is, carries out what [Sweep] decides, and looks again until nothing is left to
/// be removed. What fails is tried again after a pause that doubles from 1 s to 30 s.
///
/// Runs on the loop of the connection to Asterisk.
final class Sweeper {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private static final Duration SOON = Duration.ofSeconds(1);
    // What Asterisk has not made of a request by then it will not make.
    private static final Duration LATE = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /// The calls that live here.
    interface Calls {
        /// Their ids.
        Set<String> live();

        /// A caller is there whom nobody looks after.
        void found(Channel caller);

        /// Pairs of calls that do not live here, after a time in which events were missed. Those that go on here are live when this
        /// returns.
        void survived(List<Sweep.Pair> pairs);

        /// All there is, after a time in which events were missed.
        void reconcile(Inventory found);
    }

    private final Loop loop;
    private final AriCommands ari;
    private final String application;
    private final OverlayMeters meters;
    private final Calls calls;
    private final Set<String> ended = new HashSet<>();
    private final Map<String, DesiredState<String>> restored = new HashMap<>();
    private Set<String> leftTalking = Set.of();
    private Loop.Timer next = () -> {};
    private Duration pause = SOON;
    private boolean due;
    private boolean sweeping;
    // One was due while another was under way, which may have looked before.
    private boolean wanted;
    private boolean eventsMissed;
    private boolean stopped;

    Sweeper(Loop loop, AriCommands ari, String application, OverlayMeters meters, Calls calls) {
        this.loop = loop;
        this.ari = ari;
        this.application = application;
        this.meters = meters;
        this.calls = calls;
    }

    /// Something may be there that belongs to nobody; soon, so that a burst of events causes one
    /// sweep.
    void soon() {
        if (!due && !stopped) {
            due = true;
            next = loop.schedule(pause, this::nowDue);
        }
    }

    private void nowDue() {
        due = false;
        if (sweeping) {
            wanted = true;
        } else {
            sweep();
        }
    }

    /// A call lives here no more.
    void released(String call, Overlay.Rest rest) {
        switch (rest) {
            case NOTHING -> {}
            case LATECOMERS -> loop.schedule(LATE, this::soon);
            case OUR_PART -> soon();
            case EVERYTHING -> {
                ended.add(call);
                soon();
            }
        }
    }

    /// Events were missed: compares what lives here with what is there, at once.
    void catchUp() {
        // What was asked for by a gateway before this one may still be carried out.
        loop.schedule(LATE, this::soon);
        eventsMissed = true;
        pause = SOON;
        sweep();
    }

    /// Clears nothing away any more.
    void stop() {
        stopped = true;
        next.cancel();
        restored.values().forEach(DesiredState::drop);
    }

    private void sweep() {
        if (sweeping || stopped) {
            return;
        }
        next.cancel();
        due = false;
        sweeping = true;
        boolean catchUp = eventsMissed;
        eventsMissed = false;
        wanted = false;
        inventory()
                .onFailure(_ -> eventsMissed |= catchUp)
                .compose(found -> carryOut(found, catchUp))
                .onComplete(this::swept);
    }

    /// All there is at Asterisk now.
    Future<Inventory> inventory() {
        return ari.channels()
                .compose(
                        channels -> ari.bridges().map(bridges -> new Inventory(channels, bridges)));
    }

    private Future<Sweep> carryOut(Inventory found, boolean catchUp) {
        if (catchUp) {
            calls.reconcile(found);
            calls.survived(Sweep.pairs(found, calls.live(), application));
        }
        Sweep sweep = Sweep.of(found, calls.live(), ended, application);
        List<String> hangUp = new ArrayList<>(sweep.hangUp());
        if (catchUp) {
            sweep.arrivals().forEach(calls::found);
            sweep.unconnected().forEach(calls::found);
        } else {
            // Whose call ended here a moment ago, their hang-up is on its way.
            sweep.unconnected().forEach(caller -> hangUp.add(caller.getId()));
        }
        leave(sweep, found.channelIds());
        if (!sweep.isClean()) {
            log.atInfo()
                    .addKeyValue("channels", hangUp.size())
                    .addKeyValue("bridges", sweep.remove().size())
                    .addKeyValue("left", sweep.leftTalking().size())
                    .log("sweep removes what no live call owns");
        }
        return all(hangUp, channel -> ari.hangUp(channel, HangupCause.NORMAL))
                .compose(_ -> all(sweep.remove(), ari::removeBridge))
                .map(sweep);
    }

    /// Counts each pair once, however often it is found, and brings its voices to their full level.
    private void leave(Sweep sweep, Set<String> channels) {
        Set<String> fresh = new HashSet<>(sweep.leftTalking());
        fresh.removeAll(leftTalking);
        leftTalking = Set.copyOf(sweep.leftTalking());
        meters.pairsLeftTalking().increment(fresh.size());
        restored.keySet().retainAll(channels);
        for (String leg : sweep.restore()) {
            restored.computeIfAbsent(leg, this::restore);
        }
    }

    private DesiredState<String> restore(String leg) {
        var volume =
                new DesiredState<String>(
                        loop,
                        level -> ari.set(leg, Ducking.VOLUME, level),
                        (_, _) -> meters.repeated().increment());
        volume.want(Ducking.FULL);
        return volume;
    }

    /// Completes when all of them are removed; fails when one is not, the others are all the same.
    private Future<?> all(
            Collection<String> ids, Function<String, Future<@Nullable Void>> removal) {
        List<Future<?>> removals = new ArrayList<>();
        for (String id : ids) {
            removals.add(removal.apply(id).onSuccess(_ -> meters.swept().increment()));
        }
        return Future.join(removals);
    }

    private void swept(AsyncResult<Sweep> result) {
        sweeping = false;
        if (result.failed()) {
            log.atWarn()
                    .addKeyValue("answer", result.cause().getMessage())
                    .log("sweep failed, it is done again");
            soon();
            pause = longer(pause);
            return;
        }
        pause = SOON;
        if (eventsMissed) {
            sweep();
        } else if (wanted || !result.result().isClean()) {
            // Looks whether it really is gone.
            soon();
        } else {
            ended.clear();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
