package io.sandalphone.speech.resilience;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechPort;
import io.sandalphone.time.NanoClock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Stands before one provider in one capability: lets through what its breaker permits, and no more at
/// once than it may bear. Thread-safe; one serves all calls.
final class ProviderGate<P extends SpeechPort> {
    private static final Logger log = LoggerFactory.getLogger(ProviderGate.class);

    private final P port;
    private final NanoClock clock;
    private final ProviderBreaker breaker;
    private final Semaphore places;
    private final ResilienceMeters.Provider meters;
    private volatile long overloadedAt;
    private volatile boolean everOverloaded;

    /// `purpose` is what the provider is asked for, as metrics and the log say it.
    ProviderGate(
            P port,
            String purpose,
            ResilienceSettings.Breaker breaking,
            int maxConcurrent,
            NanoClock clock,
            ResilienceMeters meters) {
        this.port = port;
        this.clock = clock;
        breaker =
                new ProviderBreaker(
                        port.name() + ' ' + purpose,
                        breaking,
                        clock,
                        new ProviderBreaker.Listener() {
                            @Override
                            public void opened() {
                                opens(purpose);
                            }

                            @Override
                            public void closed() {
                                closes(purpose);
                            }
                        });
        places = new Semaphore(maxConcurrent);
        this.meters =
                meters.of(
                        port.name(),
                        purpose,
                        Arrays.stream(SpeechException.Kind.values()).map(Enum::name).toList(),
                        breaker::state);
    }

    P port() {
        return port;
    }

    ResilienceMeters.Provider meters() {
        return meters;
    }

    /// Lets one call through, unless the breaker is open or there are too many: then it is refused
    /// and counted.
    Optional<Entry> enter() {
        return enter(false);
    }

    /// The same, or a call that is no trial and may be given up at any time.
    Optional<Entry> enter(boolean expendable) {
        if (!places.tryAcquire()) {
            meters.refusedFull().increment();
            return Optional.empty();
        }
        Optional<ProviderBreaker.Permit> permit =
                expendable ? breaker.tryAcquireClosed() : breaker.tryAcquire();
        if (permit.isEmpty()) {
            places.release();
            meters.refusedOpen().increment();
        }
        return permit.map(own -> new Entry(own, expendable));
    }

    /// Whether the next call is a trial, or one is under way.
    boolean onTrial() {
        return breaker.onTrial();
    }

    /// Whether the breaker would refuse just now; nothing is counted.
    boolean open() {
        return breaker.open();
    }

    /// Whether the provider is well enough to be asked for something twice: its breaker closed, and
    /// for `backoff` it has not said "too much".
    boolean bearsMore(Duration backoff) {
        return breaker.closed()
                && (!everOverloaded || clock.nanoTime() - overloadedAt > backoff.toNanos());
    }

    /// Why the provider cannot work just now, as far as is known.
    Optional<String> unavailableReason() {
        return port.unavailableReason()
                .or(
                        () ->
                                open()
                                        ? Optional.of("left alone for a while after failures")
                                        : Optional.empty())
                .map(sentence -> port.name() + ": " + sentence);
    }

    /// How many more calls find a place.
    int free() {
        return places.availablePermits();
    }

    /// One call that was let through. Its first judgement is that of the call; when it is over,
    /// [#leave] makes room for the next.
    final class Entry {
        private final ProviderBreaker.Permit permit;
        private final boolean expendable;
        private boolean judged;
        private boolean left;

        private Entry(ProviderBreaker.Permit permit, boolean expendable) {
            this.permit = permit;
            this.expendable = expendable;
        }

        synchronized void succeeded() {
            if (!judged) {
                judged = true;
                meters.ended(ResilienceMeters.OK);
                permit.judge(ProviderBreaker.Verdict.SUCCESS);
            }
        }

        /// It failed, perhaps after it had worked for long. Half a word that a provider cannot translate says nothing about
        /// the provider.
        synchronized void failed(SpeechException.Kind kind) {
            judged = true;
            if (kind == SpeechException.Kind.OVERLOADED) {
                overloadedAt = clock.nanoTime();
                everOverloaded = true;
            }
            meters.ended(kind.name());
            if (expendable && kind == SpeechException.Kind.REQUEST) {
                permit.giveBack();
            } else {
                permit.judge(ProviderBreaker.Verdict.of(kind));
            }
        }

        /// Nobody waits for its end any more, through no fault of its own.
        synchronized void unjudged() {
            if (!judged) {
                judged = true;
                meters.ended(ResilienceMeters.UNJUDGED);
                permit.giveBack();
            }
        }

        /// It is over.
        synchronized void leave() {
            if (!left) {
                left = true;
                places.release();
            }
        }
    }

    private void opens(String purpose) {
        meters.opened().increment();
        log.atWarn()
                .addKeyValue("provider", port.name())
                .addKeyValue("capability", purpose)
                .log("provider left alone");
    }

    private void closes(String purpose) {
        meters.closed().increment();
        log.atInfo()
                .addKeyValue("provider", port.name())
                .addKeyValue("capability", purpose)
                .log("provider works again");
    }
}
