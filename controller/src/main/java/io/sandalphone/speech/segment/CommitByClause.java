package io.sandalphone.speech.segment;

import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptEvent.Word;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Commits the settled words of an utterance clause by clause while it goes on, and what is left of it at its end. Of a
/// recognizer that settles none before the end each utterance is committed whole.
///
/// Each word is committed once, in the order spoken, whatever becomes of the partials: an end that has
/// other words than those that were committed adds what is behind them, and takes nothing back.
public final class CommitByClause implements CommitPolicy {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final ClausePolicy policy;
    private final SamePlace place;

    /// What was committed of the utterance that goes on.
    private final List<Word> committed = new ArrayList<>();

    public CommitByClause(ClausePolicy policy) {
        this.policy = policy;
        place = new SamePlace(policy::number);
    }

    @Override
    public List<Utterance> commit(TranscriptEvent event) {
        return switch (event) {
            case TranscriptEvent.Partial partial -> clauses(partial.words());
            case TranscriptEvent.Final words -> {
                List<Utterance> rest = rest(words);
                committed.clear();
                yield rest;
            }
            case TranscriptEvent.Nothing _ -> {
                committed.clear();
                yield List.of();
            }
        };
    }

    private List<Utterance> clauses(List<Word> settled) {
        if (!committed.isEmpty() && !continues(settled)) {
            // The end of the one before was never told.
            committed.clear();
        }
        List<Utterance> clauses = new ArrayList<>();
        List<Word> open = settled.subList(committed.size(), settled.size());
        OptionalInt cut = clause(open);
        while (cut.isPresent()) {
            List<Word> clause = open.subList(0, cut.getAsInt());
            clauses.add(
                    new Utterance(
                            ClausePolicy.text(clause),
                            clause.getFirst().start(),
                            clause.getLast().end(),
                            Optional.empty()));
            committed.addAll(clause);
            open = open.subList(cut.getAsInt(), open.size());
            cut = clause(open);
        }
        return clauses;
    }

    private OptionalInt clause(List<Word> open) {
        return open.isEmpty() ? OptionalInt.empty() : policy.clause(open);
    }

    /// Whether `settled` are the words of the utterance of which some were committed.
    private boolean continues(List<Word> settled) {
        return settled.size() >= committed.size()
                && settled.getFirst().start() <= committed.getFirst().end();
    }

    private List<Utterance> rest(TranscriptEvent.Final words) {
        String text = words.text().strip();
        long start = words.start();
        if (!committed.isEmpty() && start <= committed.getLast().end()) {
            text = behind(List.of(SPACE.split(text)));
            start = committed.getLast().end();
        }
        return text.isBlank()
                ? List.of()
                : List.of(
                        new Utterance(text, start, Math.max(start, words.end()), words.language()));
    }

    /// What of `all` words is behind those that were committed, though some may be written in another way.
    private String behind(List<String> all) {
        List<String> known =
                committed.stream()
                        .flatMap(word -> SPACE.splitAsStream(word.text().strip()))
                        .toList();
        return String.join(" ", all.subList(place.after(known, all), all.size()));
    }
}
