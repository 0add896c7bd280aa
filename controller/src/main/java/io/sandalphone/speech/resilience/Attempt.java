package io.sandalphone.speech.resilience;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SpeechPort;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/// One call of a provider, on a thread of its own. What comes of it goes to a queue that whoever
/// started it reads, until they give up; a provider that does not heed the interrupt then keeps its
/// thread and its place at the [ProviderGate], and is seen lingering, but is heard no more.
final class Attempt<T> {
    /// A blocking call; what it yields goes to `out`, piece by piece.
    @FunctionalInterface
    interface Work<T> {
        void run(Consumer<T> out) throws SpeechException, InterruptedException;
    }

    /// What comes of an attempt.
    sealed interface Report<T> {
        Attempt<T> attempt();

        record Piece<T>(Attempt<T> attempt, T value) implements Report<T> {}

        /// The call is over and gave all its pieces.
        record Done<T>(Attempt<T> attempt) implements Report<T> {}

        record Failed<T>(Attempt<T> attempt, SpeechException failure) implements Report<T> {}
    }

    private final ProviderGate<?> guard;
    private final ProviderGate<?>.Entry entry;
    private final Threads waiting;
    private final BlockingQueue<Report<T>> reports;
    private final long startedAt;
    private final Thread thread;
    private boolean ended;
    private boolean givenUp;

    // The thread may report before the constructor is through: reports are read by whoever called
    // it.
    @SuppressWarnings("ThisEscapedInObjectConstruction")
    private Attempt(
            ProviderGate<?> guard,
            ProviderGate<?>.Entry entry,
            Threads waiting,
            BlockingQueue<Report<T>> reports,
            Work<T> work) {
        this.guard = guard;
        this.entry = entry;
        this.waiting = waiting;
        this.reports = reports;
        startedAt = waiting.nanoTime();
        thread = waiting.start(() -> run(work));
    }

    /// Starts `work` at the provider behind `guard`, which has let it in by `entry`.
    static <P extends SpeechPort, T> Attempt<T> start(
            ProviderGate<P> guard,
            ProviderGate<P>.Entry entry,
            Threads waiting,
            BlockingQueue<Report<T>> reports,
            Work<T> work) {
        return new Attempt<>(guard, entry, waiting, reports, work);
    }

    /// How long ago it was started.
    Duration age() {
        return Duration.ofNanos(waiting.nanoTime() - startedAt);
    }

    /// It did what was wanted.
    void succeeded() {
        entry.succeeded();
    }

    /// It failed.
    void failed(SpeechException failure) {
        entry.failed(failure.kind());
    }

    /// It took too long. Ends it, and returns what is to be said of it.
    SpeechException late(String what) {
        entry.failed(Kind.TIMEOUT);
        end();
        return new SpeechException(Kind.TIMEOUT, guard.port().name() + what);
    }

    /// It is not needed any more, or over: ends it if it goes on.
    void end() {
        entry.unjudged();
        synchronized (this) {
            if (ended || givenUp) {
                return;
            }
            givenUp = true;
            guard.meters().abandoned().incrementAndGet();
        }
        thread.interrupt();
    }

    // Whatever a provider throws costs this attempt and nothing else.
    @SuppressWarnings("CatchingUnchecked")
    private void run(Work<T> work) {
        try {
            work.run(piece -> reports.add(new Report.Piece<>(this, piece)));
            over();
            reports.add(new Report.Done<>(this));
        } catch (SpeechException e) {
            over();
            reports.add(new Report.Failed<>(this, e));
        } catch (InterruptedException e) {
            over();
            reports.add(new Report.Failed<>(this, broken("was interrupted", e)));
        } catch (RuntimeException e) {
            over();
            reports.add(new Report.Failed<>(this, broken("broke", e)));
        }
    }

    private SpeechException broken(String how, Exception cause) {
        return new SpeechException(Kind.PROVIDER_FAULT, guard.port().name() + ' ' + how, cause);
    }

    private void over() {
        entry.leave();
        synchronized (this) {
            ended = true;
            if (givenUp) {
                guard.meters().abandoned().decrementAndGet();
            }
        }
    }
}
