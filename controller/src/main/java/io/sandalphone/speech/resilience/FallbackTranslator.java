package io.sandalphone.speech.resilience;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Asks one translator after the other, each for no longer than it may take. One that takes longer than
/// it mostly does is asked once more, and the first answer counts. Thread-safe.
final class FallbackTranslator extends Fallback<Translator> implements Translator {
    private final ResilienceSettings.Translation settings;
    private final Threads waiting;
    private final Map<ProviderGate<Translator>, LatencyWindow> latencies = new HashMap<>();

    FallbackTranslator(
            List<ProviderGate<Translator>> guards,
            ResilienceSettings.Translation settings,
            Threads waiting) {
        super(guards);
        this.settings = settings;
        this.waiting = waiting;
        guards.forEach(guard -> latencies.put(guard, new LatencyWindow()));
    }

    @Override
    public boolean translates(Language from, Language to) {
        return guards().stream().anyMatch(guard -> guard.port().translates(from, to));
    }

    @Override
    public String translate(TranslationRequest request)
            throws SpeechException, InterruptedException {
        if (!translates(request.from(), request.to())) {
            throw new SpeechException(
                    Kind.REQUEST,
                    name() + " does not translate " + request.from() + " to " + request.to());
        }
        var failures = new Failures();
        for (ProviderGate<Translator> guard : guards()) {
            if (guard.port().translates(request.from(), request.to())) {
                Optional<ProviderGate<Translator>.Entry> entry = guard.enter(request.speculative());
                if (entry.isPresent()) {
                    var race = new Race(guard, request, failures);
                    try {
                        String answer = race.run(entry.get());
                        if (answer != null) {
                            return answer;
                        }
                    } finally {
                        race.end();
                    }
                }
            }
        }
        throw failures.mostTelling();
    }

    /// When a second request is due that would follow a first one now, or empty when there shall be none.
    private Optional<Duration> hedgeAfter(ProviderGate<Translator> guard) {
        ResilienceSettings.Hedge hedge = settings.hedge();
        if (!hedge.enabled()) {
            return Optional.empty();
        }
        return latencies(guard)
                .percentile(hedge.percentile(), hedge.minSamples())
                .map(usual -> usual.compareTo(hedge.minDelay()) < 0 ? hedge.minDelay() : usual)
                .filter(delay -> delay.compareTo(settings.timeout()) < 0);
    }

    private LatencyWindow latencies(ProviderGate<Translator> guard) {
        LatencyWindow window = latencies.get(guard);
        if (window == null) {
            throw new IllegalStateException("not one of ours: " + guard.port().name());
        }
        return window;
    }

    /// One request at one translator, and perhaps once more. The thread that asks runs it.
    private final class Race {
        private final ProviderGate<Translator> guard;
        private final TranslationRequest request;
        private final Failures failures;
        private final BlockingQueue<Attempt.Report<String>> reports = new LinkedBlockingQueue<>();
        private final List<Attempt<String>> running = new ArrayList<>();

        Race(ProviderGate<Translator> guard, TranslationRequest request, Failures failures) {
            this.guard = guard;
            this.request = request;
            this.failures = failures;
        }

        /// The translation, or null when there will be none: why is among the failures then.
        @Nullable String run(ProviderGate<Translator>.Entry entry) throws InterruptedException {
            Optional<Duration> hedge = hedgeAfter(guard);
            Attempt<String> first = start(entry);
            while (!running.isEmpty()) {
                Duration limit = hedge.orElse(settings.timeout());
                Attempt.Report<String> report = waiting.poll(reports, limit.minus(first.age()));
                if (report == null && hedge.isPresent()) {
                    hedge = Optional.empty();
                    hedge();
                } else if (report == null) {
                    late();
                } else {
                    Optional<String> answer = take(report, first);
                    if (answer.isPresent()) {
                        return answer.get();
                    }
                }
            }
            return null;
        }

        /// Ends what still runs.
        void end() {
            running.forEach(Attempt::end);
        }

        private Attempt<String> start(ProviderGate<Translator>.Entry entry) {
            Attempt<String> attempt =
                    Attempt.start(
                            guard,
                            entry,
                            waiting,
                            reports,
                            out -> out.accept(guard.port().translate(request)));
            running.add(attempt);
            return attempt;
        }

        private void hedge() {
            if (guard.bearsMore(settings.hedge().overloadBackoff())) {
                guard.enter(true)
                        .ifPresent(
                                entry -> {
                                    guard.meters().hedges().increment();
                                    start(entry);
                                });
            }
        }

        private Optional<String> take(Attempt.Report<String> report, Attempt<String> first) {
            return switch (report) {
                case Attempt.Report.Piece<String>(var attempt, var answer) -> {
                    attempt.succeeded();
                    if (attempt != first) {
                        guard.meters().hedgesWon().increment();
                    }
                    // The first one's, even when it was beaten: else only the fast would be known.
                    latencies(guard).record(first.age());
                    yield Optional.of(answer);
                }
                case Attempt.Report.Failed<String>(var attempt, var failure) -> {
                    attempt.failed(failure);
                    failures.add(failure);
                    running.remove(attempt);
                    yield Optional.empty();
                }
                case Attempt.Report.Done<String> _ ->
                        throw new IllegalStateException("a translator ended without an answer");
            };
        }

        /// One too-late answer is one failure, however often it was asked for.
        private void late() {
            failures.add(running.removeFirst().late(" did not translate in time"));
            end();
            running.clear();
        }
    }
}
