package io.sandalphone.speech.resilience;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.SpeechPort;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the providers of one capability are as one port: the preferred one and those that stand in
/// for it. They are closed by whoever made them. Thread-safe.
abstract class Fallback<P extends SpeechPort> implements SpeechPort {
    private final List<ProviderGate<P>> guards;

    Fallback(List<ProviderGate<P>> guards) {
        if (guards.isEmpty()) {
            throw new IllegalArgumentException("no providers");
        }
        this.guards = List.copyOf(guards);
    }

    /// In the order in which they are tried.
    final List<ProviderGate<P>> guards() {
        return guards;
    }

    /// The names in their order: `google>offline`.
    @Override
    public final String name() {
        return guards.stream().map(guard -> guard.port().name()).collect(Collectors.joining(">"));
    }

    /// Empty while one of them works.
    @Override
    public final Optional<String> unavailableReason() {
        List<String> reasons = new ArrayList<>();
        for (ProviderGate<P> guard : guards) {
            Optional<String> unavailableReason = guard.unavailableReason();
            if (unavailableReason.isEmpty()) {
                return Optional.empty();
            }
            reasons.add(unavailableReason.get());
        }
        return Optional.of(String.join("; ", reasons));
    }

    /// Whether the first provider that would be asked is not on trial: were what is speculative taken past it, it would wait
    /// for its trial as long as all that is committed was begun ahead.
    @Override
    public final boolean takesSpeculation() {
        return guards.stream()
                .filter(guard -> !guard.open())
                .findFirst()
                .filter(guard -> !guard.onTrial())
                .isPresent();
    }

    /// The provider that would be asked first.
    @Override
    public final void prepare() {
        guards.stream()
                .filter(guard -> !guard.open())
                .findFirst()
                .ifPresent(guard -> guard.port().prepare());
    }

    @Override
    public final List<Finding> check() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (ProviderGate<P> guard : guards) {
            findings.addAll(guard.port().check());
        }
        return findings;
    }
}
