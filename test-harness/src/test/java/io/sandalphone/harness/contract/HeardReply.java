package io.sandalphone.harness.contract;

import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.CallFacts;
import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Usage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what a brain answers. Thread-safe.
final class HeardReply implements BrainReply {
    private final StringBuilder text = new StringBuilder();
    private final List<Wish> wishes = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    /// A request in Spanish, in the call of this id.
    static BrainRequest asked(String call, Set<Wish.Ability> abilities, Turn... turns) {
        return new BrainRequest(
                new CallFacts(call, "+15551230009", "+15551230001", Map.of()),
                new Language("es"),
                "Work at a desk.",
                Optional.empty(),
                List.of(turns),
                abilities,
                Usage.UNMETERED);
    }

    @Override
    public synchronized void text(String piece) {
        text.append(piece);
    }

    @Override
    public void wish(Wish wish) {
        wishes.add(wish);
    }

    @Override
    public void silence() {
        silent = true;
    }

    /// All that was said.
    synchronized String text() {
        return text.toString();
    }

    List<Wish> wishes() {
        return List.copyOf(wishes);
    }

    /// Whether nothing was to be said.
    boolean silent() {
        return silent;
    }
}
