package io.sandalphone.harness.measure;

import java.util.Optional;

/// Finds where a recording that was played lies in what the phone that played it said.
public final class Locator {
    private static final double FOUND = 0.6;

    private Locator() {}

    /// The first place at or after sample `from` at which `played` is heard in `said`, empty when it
    /// is nowhere.
    public static Optional<Span> find(short[] played, short[] said, int from) {
        return new MatchedFilter(Signal.of(played))
                .matches(Signal.of(said), FOUND).stream()
                        .filter(m -> m.position() >= from)
                        .findFirst()
                        .map(m -> new Span(m.position(), m.position() + played.length));
    }
}
