package io.sandalphone.harness.converse;

import io.sandalphone.harness.agents.Stretch;

import java.util.List;
import java.util.Optional;

/// What of the sounds that a person has heard is from a caller who has said something to them: the caller's own voice, or where an interpreter
/// is between the two, what is said in their language behind it. Milliseconds of one clock.
final class HeardFromCaller {
    /// So late the caller's own voice may arrive.
    static final long UNDER_WAY = 600;

    /// After so much silence they have heard it all.
    static final long AFTER_WORDS = 2500;

    private HeardFromCaller() {}

    /// Those sounds at `now`; empty while not all of it was heard. The caller spoke from `said` on until its end.
    static Optional<List<Stretch>> in(
            List<Stretch> sounds, Stretch said, boolean interpreted, long now) {
        long since = interpreted ? said.until() : said.from();
        // With the voice alone nothing has been interpreted yet, however long that takes.
        long least = interpreted ? said.until() + UNDER_WAY : said.from();
        boolean begun = !sounds.isEmpty() && sounds.getLast().until() > least;
        if (!begun || now - Math.max(sounds.getLast().until(), said.until()) < AFTER_WORDS) {
            return Optional.empty();
        }
        return Optional.of(
                sounds.stream()
                        .filter(each -> each.until() > least)
                        .map(each -> new Stretch(Math.max(each.from(), since), each.until()))
                        .toList());
    }
}
