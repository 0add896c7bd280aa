package io.sandalphone.speech.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.time.NanoClock;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Leaves a provider alone that fails. It opens at once when the provider says that nothing will work
/// until something changes ([CREDENTIALS][SpeechException.Kind#CREDENTIALS],
/// [QUOTA][SpeechException.Kind#QUOTA]), and by their share among the last calls for other failures.
///
/// Thread-safe: one serves every call. Makes no thread of its own; it is half open from the first
/// call after its time.
final class ProviderBreaker {
    /// What a breaker does with the answer of a call that it let through.
    enum Verdict {
        SUCCESS,
        /// Counts towards the share of failures.
        FAILURE,
        /// The request may be to blame: counts as a failure among many, but decides no trial.
        DOUBTFUL,
        /// Opens it at once.
        REFUSAL;

        static Verdict of(SpeechException.Kind kind) {
            return switch (kind) {
                case UNREACHABLE, TIMEOUT, OVERLOADED, PROVIDER_FAULT -> FAILURE;
                case REQUEST -> DOUBTFUL;
                case QUOTA, CREDENTIALS -> REFUSAL;
            };
        }
    }

    /// Hears what the breaker does; called by the thread that made it do so.
    interface Listener {
        void opened();

        void closed();
    }

    /// Leave to make one call. Whoever has it either judges the call or gives it back.
    final class Permit {
        private final long phase;
        private boolean used;

        private Permit(long phase) {
            this.phase = phase;
        }

        /// How the call went. What lasts longer than a moment may succeed first and fail later.
        void judge(Verdict verdict) {
            ProviderBreaker.this.judge(this, verdict);
        }

        /// Nobody knows how the call would have ended.
        void giveBack() {
            ProviderBreaker.this.giveBack(this);
        }
    }

    private final CircuitBreaker breaker;
    private final NanoClock clock;
    private final Duration openFor;
    private final Listener listener;

    /// Counts the changes of state, so that a call from before one decides no trial after it.
    private long phase;

    private long openedAt;

    ProviderBreaker(
            String name, ResilienceSettings.Breaker settings, NanoClock clock, Listener listener) {
        this.clock = clock;
        this.listener = listener;
        openFor = settings.openFor();
        breaker =
                CircuitBreaker.of(
                        name,
                        CircuitBreakerConfig.custom()
                                .slidingWindowType(
                                        CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                                .slidingWindowSize(settings.window())
                                .minimumNumberOfCalls(settings.minCalls())
                                .failureRateThreshold(settings.failurePercent())
                                .waitDurationInOpenState(openFor)
                                .permittedNumberOfCallsInHalfOpenState(settings.halfOpenCalls())
                                .clock(new MonotonicClock(clock))
                                .build());
        breaker.getEventPublisher()
                .onStateTransition(event -> changed(event.getStateTransition().getToState()));
    }

    /// Leave to make a call now, or empty.
    synchronized Optional<Permit> tryAcquire() {
        return breaker.tryAcquirePermission() ? Optional.of(new Permit(phase)) : Optional.empty();
    }

    /// Leave to make a call now, or empty. Never a trial: one that nobody waits for to the end would judge nothing and keep
    /// others from being it.
    synchronized Optional<Permit> tryAcquireClosed() {
        return closed() ? tryAcquire() : Optional.empty();
    }

    /// Whether calls are refused, and no trial is due yet.
    synchronized boolean open() {
        return breaker.getState() == CircuitBreaker.State.OPEN
                && clock.nanoTime() - openedAt <= openFor.toNanos();
    }

    /// Whether the next call is a trial, or one is under way.
    synchronized boolean onTrial() {
        return !closed() && !open();
    }

    /// Whether all calls are let through.
    synchronized boolean closed() {
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    /// 0 closed, 1 half open, 2 open.
    synchronized int state() {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> 0;
            case HALF_OPEN -> 1;
            case OPEN, FORCED_OPEN -> 2;
        };
    }

    private synchronized void judge(Permit permit, Verdict verdict) {
        if (!closed() && !isTrial(permit)) {
            return;
        }
        if (!closed() && verdict == Verdict.DOUBTFUL) {
            giveBack(permit);
            return;
        }
        permit.used = true;
        switch (verdict) {
            case SUCCESS -> breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            case FAILURE, DOUBTFUL ->
                    breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException());
            case REFUSAL -> breaker.transitionToOpenState();
        }
    }

    private boolean isTrial(Permit permit) {
        return breaker.getState() == CircuitBreaker.State.HALF_OPEN
                && permit.phase == phase
                && !permit.used;
    }

    private synchronized void giveBack(Permit permit) {
        if (!permit.used && permit.phase == phase) {
            permit.used = true;
            breaker.releasePermission();
        }
    }

    private void changed(CircuitBreaker.State state) {
        phase++;
        if (state == CircuitBreaker.State.OPEN) {
            openedAt = clock.nanoTime();
            listener.opened();
        } else if (state == CircuitBreaker.State.CLOSED) {
            listener.closed();
        }
    }
}
