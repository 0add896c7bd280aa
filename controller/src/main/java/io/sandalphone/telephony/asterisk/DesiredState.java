package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.asterisk.ari.AriException;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// One thing at Asterisk that is to be in a certain state, and is asked for until it is.
///
/// A request that is refused, or whose answer is lost, is repeated after a pause that doubles from
/// 250 ms to 5 s, until it is granted or what it is about is known to be gone (404). One request is
/// under way at a time; when another state is wanted meanwhile, the last one counts.
///
/// A request without an answer may still be carried out, even after the one that followed it. So
/// when it asked for another state, the one that was granted is asked for once more, 10 s later.
///
/// Runs on the call's loop.
///
/// @param <S> the states it can be in
final class DesiredState<S> {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    // A request that Asterisk has read is carried out within this time, or Asterisk is stuck for
    // good.
    private static final Duration STRAGGLER_WAIT = Duration.ofSeconds(10);

    /// What became of a wish.
    enum Outcome {
        /// The state is what was asked for.
        HOLDS,
        /// What the state is about exists no more.
        GONE,
        /// Another state was wanted before this one held, or none any more.
        SUPERSEDED
    }

    /// Called for each request that did not bring the state about and is to be repeated. `first` says
    /// whether it is the first one of a wish.
    @FunctionalInterface
    interface Repeats {
        void repeated(Throwable failure, boolean first);
    }

    private final Loop loop;
    private final Function<S, Future<@Nullable Void>> request;
    private final Repeats repeats;
    private @Nullable S wanted;
    private Promise<Outcome> wish = Promise.promise();
    private Loop.Timer next = () -> {};
    private Duration pause = FIRST_PAUSE;
    private boolean underWay;
    // What was asked for and never answered, and until when it may still be carried out.
    private final Map<S, Long> stragglers = new HashMap<>();
    private boolean over;

    /// `request` asks for a state. It must be possible to ask twice.
    DesiredState(Loop loop, Function<S, Future<@Nullable Void>> request, Repeats repeats) {
        this.loop = loop;
        this.request = request;
        this.repeats = repeats;
    }

    /// From now on this is the state that is wanted.
    Future<Outcome> want(S state) {
        if (over) {
            return Future.succeededFuture(Outcome.GONE);
        }
        if (state.equals(wanted) && !wish.future().isComplete()) {
            return wish.future();
        }
        wish.tryComplete(Outcome.SUPERSEDED);
        wish = Promise.promise();
        wanted = state;
        pause = FIRST_PAUSE;
        if (!underWay) {
            ask(state);
        }
        return wish.future();
    }

    /// What becomes of the last wish; done when nothing was ever wanted.
    Future<?> settled() {
        return wanted == null ? Future.succeededFuture() : wish.future();
    }

    /// What the state is about exists no more; nothing is asked for from now on.
    void gone() {
        end(Outcome.GONE);
    }

    /// Nothing is wanted any more. A request under way may still be carried out.
    void drop() {
        end(Outcome.SUPERSEDED);
    }

    private void end(Outcome outcome) {
        over = true;
        wanted = null;
        next.cancel();
        wish.tryComplete(outcome);
    }

    private void ask(S state) {
        next.cancel();
        underWay = true;
        request.apply(state).onComplete(answer -> answered(state, answer.cause()));
    }

    private void answered(S asked, @Nullable Throwable failure) {
        underWay = false;
        S still = wanted;
        if (still == null) {
            return;
        }
        if (failure instanceof AriException ari && ari.notFound()) {
            gone();
            return;
        }
        if (failure != null && AriException.isUnanswered(failure)) {
            stragglers.put(asked, loop.nanoTime() + STRAGGLER_WAIT.toNanos());
        }
        if (!still.equals(asked)) {
            ask(still);
        } else if (failure == null) {
            holds(still);
        } else {
            repeats.repeated(failure, pause.equals(FIRST_PAUSE));
            next = loop.schedule(pause, () -> ask(still));
            pause =
                    pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                            ? pause.multipliedBy(2)
                            : LONGEST_PAUSE;
        }
    }

    private void holds(S state) {
        pause = FIRST_PAUSE;
        wish.tryComplete(Outcome.HOLDS);
        if (othersMayFollow(state)) {
            next = loop.schedule(STRAGGLER_WAIT, () -> ask(state));
        }
    }

    private boolean othersMayFollow(S state) {
        stragglers.values().removeIf(until -> until - loop.nanoTime() <= 0);
        return stragglers.keySet().stream().anyMatch(other -> !other.equals(state));
    }
}
