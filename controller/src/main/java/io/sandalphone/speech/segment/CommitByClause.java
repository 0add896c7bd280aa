package io.sandalphone.speech.segment;

import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptEvent.Word;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Commits the settled words of an utterance clause by clause while it goes on, whatever they are once the speaker has
/// paused behind them, and what is left of it at its end. Of a recognizer that settles none before the end each utterance
/// is committed whole.
///
/// Each word is committed once, in the order spoken, whatever becomes of the partials: an end that has
/// other words than those that were committed adds what is behind them, and takes nothing back.
public final class CommitByClause implements CommitPolicy {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final ClausePolicy policy;
    private final SamePlace place;

    /// What was committed of the utterance that goes on.
    private final List<Word> committed = new ArrayList<>();

    /// What follows it that has settled or will.
    private List<Word> open = List.of();

    /// Whether all of that has settled.
    private boolean settled;

    /// What a recognizer that settles nothing has told.
    private Optional<Utterance> unsettled = Optional.empty();

    private Pause pause = Pause.NONE;

    public CommitByClause(ClausePolicy policy) {
        this.policy = policy;
        place = new SamePlace(policy::number);
    }

    @Override
    public List<Utterance> commit(TranscriptEvent event) {
        return switch (event) {
            case TranscriptEvent.Partial partial -> {
                List<Utterance> clauses = new ArrayList<>(clauses(partial));
                clauses.addAll(atPause());
                yield clauses;
            }
            case TranscriptEvent.Final words -> {
                List<Utterance> rest = rest(words);
                forget();
                yield rest;
            }
            case TranscriptEvent.Nothing _ -> {
                forget();
                yield List.of();
            }
        };
    }

    @Override
    public List<Utterance> paused(Pause pause) {
        this.pause = pause;
        return atPause();
    }

    @Override
    public Optional<Utterance> expected() {
        return open.isEmpty() ? unsettled : Optional.of(utterance(open));
    }

    private void forget() {
        committed.clear();
        open = List.of();
        unsettled = Optional.empty();
    }

    private List<Utterance> clauses(TranscriptEvent.Partial partial) {
        List<Word> told = partial.settling();
        if (!told.isEmpty() && !committed.isEmpty() && !continues(told)) {
            // The end of the one before was never told.
            committed.clear();
        }
        unsettled = committed.isEmpty() ? Utterance.soFar(partial) : Optional.empty();
        int known = known(told);
        List<Word> settled = told.subList(0, Math.max(known, partial.words().size()));
        List<Utterance> clauses = new ArrayList<>();
        OptionalInt cut = cut(settled, known);
        while (cut.isPresent()) {
            int end = known + cut.getAsInt();
            clauses.add(commit(told.subList(known, end)));
            known = end;
            cut = cut(settled, known);
        }
        open = told.subList(known, told.size());
        this.settled = settled.size() == told.size();
        return clauses;
    }

    private OptionalInt cut(List<Word> settled, int from) {
        return from == settled.size()
                ? OptionalInt.empty()
                : policy.clause(settled.subList(from, settled.size()));
    }

    private List<Utterance> atPause() {
        if (open.isEmpty()
                || !settled
                || !pause.follows(open.getLast().end())
                || !policy.endsAtPause(open, pause.millis())) {
            return List.of();
        }
        Utterance clause = commit(open);
        open = List.of();
        return List.of(clause);
    }

    private Utterance commit(List<Word> words) {
        committed.addAll(words);
        unsettled = Optional.empty();
        return utterance(words);
    }

    private static Utterance utterance(List<Word> words) {
        return new Utterance(
                ClausePolicy.text(words),
                words.getFirst().start(),
                words.getLast().end(),
                Optional.empty());
    }

    /// Whether `told` are words of the utterance of which some were committed.
    private boolean continues(List<Word> told) {
        return told.getFirst().start() <= committed.getFirst().end();
    }

    /// How many of the words `told` were committed. The spelling of some may have changed.
    private int known(List<Word> told) {
        boolean same = committed.size() <= told.size();
        for (int i = 0; same && i < committed.size(); i++) {
            same =
                    ClausePolicy.plain(committed.get(i).text())
                            .equals(ClausePolicy.plain(told.get(i).text()));
        }
        return same ? committed.size() : place.after(texts(committed), texts(told));
    }

    private static List<String> texts(List<Word> words) {
        return words.stream().map(Word::text).toList();
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
