package io.sandalphone.harness.fakes;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// The fault that is injected into a fake just now, if any. Thread-safe.
public final class ActiveFault {
    private final Set<Fault> possible;
    private volatile @Nullable Fault current;

    public ActiveFault(Fault... possible) {
        this.possible = Set.of(possible);
    }

    /// The faults that can be injected.
    public Set<Fault> possible() {
        return possible;
    }

    /// See [Fake#inject].
    public void inject(Fault fault) {
        if (!possible.contains(fault)) {
            throw new IllegalArgumentException("this fake cannot do " + fault);
        }
        current = fault;
    }

    public void recover() {
        current = null;
    }

    /// Whether `fault` is active now.
    public boolean is(Fault fault) {
        return current == fault;
    }

    /// The active fault, or null when all is well.
    public @Nullable Fault current() {
        return current;
    }
}
