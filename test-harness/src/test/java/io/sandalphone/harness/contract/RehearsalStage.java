package io.sandalphone.harness.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// Who rehearses before whom: the fakes, all candidates, and the rehearsals of those that can run here, once somebody wants to see one.
/// They rehearse all at the same time, since people speak no faster for a test.
///
/// Used from one thread.
final class RehearsalStage implements AutoCloseable {
    private final FakedProviders providers;
    private final List<Candidate> candidates;
    private final Function<Candidate, Rehearsal> opening;
    private final Map<Candidate, Rehearsal> rehearsals = new HashMap<>();

    /// `opening` opens a candidate's rehearsal and returns at once. The fakes are closed with the stage.
    RehearsalStage(
            FakedProviders providers,
            List<Candidate> candidates,
            Function<Candidate, Rehearsal> opening) {
        this.providers = providers;
        this.candidates = List.copyOf(candidates);
        this.opening = opening;
    }

    FakedProviders providers() {
        return providers;
    }

    List<Candidate> candidates() {
        return candidates;
    }

    /// The rehearsal of one that can run here, played to its end.
    Rehearsal rehearsal(Candidate candidate) {
        if (rehearsals.isEmpty()) {
            candidates.stream()
                    .filter(
                            each ->
                                    each.setups().stream()
                                            .allMatch(setup -> setup.lacks().isEmpty()))
                    .forEach(each -> rehearsals.put(each, opening.apply(each)));
            rehearsals.values().forEach(Rehearsal::begin);
            rehearsals.values().forEach(Rehearsal::play);
        }
        return Objects.requireNonNull(rehearsals.get(candidate));
    }

    @Override
    public void close() {
        rehearsals.values().forEach(Rehearsal::close);
        providers.close();
    }
}
