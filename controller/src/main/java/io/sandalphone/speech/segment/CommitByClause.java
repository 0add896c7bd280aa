package io.sandalphone.speech.segment;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptEvent.Word;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Commits the settled words of an utterance clause by clause while it goes on, whatever they are once the speaker has
/// paused behind them, and what is left of it at its end. Of a recognizer that settles none before the end each utterance
/// is committed whole.
///
/// Each word is committed once, in the order spoken, whatever becomes of the partials: an end that has
/// other words than those that were committed adds what is behind them, and takes nothing back.
public final class CommitByClause implements CommitPolicy {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /// Who pauses for longer, a second, between two utterances may have finished with the first.
    private static final long BREATH = AudioFrame.TELEPHONE_RATE;

    private final ClausePolicy policy;
    private final UnaryOperator<String> written;
    private final SamePlace place;

    /// What was committed of the utterance that goes on.
    private final List<Word> committed = new ArrayList<>();

    /// Where the last utterance ended.
    private long ended = Long.MIN_VALUE;

    /// What follows it that has settled or will.
    private List<Word> open = List.of();

    /// The same as it would be committed, once that was asked for: it is with each frame of a pause.
    private Optional<Utterance> next = Optional.empty();

    /// Whether all of that has settled.
    private boolean settled;

    /// What a recognizer that settles nothing has told.
    private Optional<Utterance> unsettled = Optional.empty();

    private Pause pause = Pause.NONE;

    /// `written` writes a clause, which recognizers tell in lower case before its sentence has ended.
    public CommitByClause(ClausePolicy policy, UnaryOperator<String> written) {
        this.policy = policy;
        this.written = written;
        place = new SamePlace(policy::number);
    }

    @Override
    public List<Utterance> commit(TranscriptEvent event) {
        return switch (event) {
            case TranscriptEvent.Partial partial when late(partial) -> List.of();
            case TranscriptEvent.Partial partial -> {
                List<Utterance> clauses = new ArrayList<>(clauses(partial));
                clauses.addAll(atPause());
                yield clauses;
            }
            case TranscriptEvent.Final words -> {
                List<Utterance> rest = rest(words);
                forget();
                ended = Math.max(ended, words.end());
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
        if (open.isEmpty()) {
            return unsettled;
        }
        if (next.isEmpty()) {
            next = Optional.of(utterance(open));
        }
        return next;
    }

    private void follows(List<Word> words) {
        open = words;
        next = Optional.empty();
    }

    /// Whether the end of the utterance has been told already that `partial` goes on with.
    private boolean late(TranscriptEvent.Partial partial) {
        List<Word> told = partial.settling();
        return !told.isEmpty() && middle(told.getLast()) <= ended;
    }

    private static long middle(Word word) {
        return word.start() + (word.end() - word.start()) / 2;
    }

    private void forget() {
        committed.clear();
        follows(List.of());
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
        int certain = Math.max(known, partial.words().size());
        List<Utterance> clauses = new ArrayList<>();
        long last = told.isEmpty() ? 0 : told.getLast().end();
        OptionalInt cut = cut(told, known, certain, last);
        while (cut.isPresent()) {
            int end = known + cut.getAsInt();
            clauses.add(commit(told.subList(known, end)));
            known = end;
            cut = cut(told, known, certain, last);
        }
        follows(told.subList(known, told.size()));
        settled = certain == told.size();
        return clauses;
    }

    private OptionalInt cut(List<Word> told, int from, int certain, long last) {
        return from == certain
                ? OptionalInt.empty()
                : policy.clause(
                        new OpenWords(
                                told.subList(from, told.size()),
                                certain - from,
                                goesOn(told.get(from)),
                                policy.pauses(pause.behind(last))));
    }

    /// Whether `first` follows on other words without a pause for breath.
    private boolean goesOn(Word first) {
        return !committed.isEmpty() || (ended != Long.MIN_VALUE && first.start() - ended < BREATH);
    }

    private List<Utterance> atPause() {
        if (open.isEmpty()
                || !settled
                || !policy.endsAtPause(open, pause.behind(open.getLast().end()))) {
            return List.of();
        }
        Utterance clause = commit(open);
        follows(List.of());
        return List.of(clause);
    }

    private Utterance commit(List<Word> words) {
        committed.addAll(words);
        unsettled = Optional.empty();
        return utterance(words);
    }

    private Utterance utterance(List<Word> words) {
        return new Utterance(
                written.apply(ClausePolicy.text(words)),
                words.getFirst().start(),
                words.getLast().end(),
                Optional.empty());
    }

    /// Whether `told` are words of the utterance of which some were committed.
    private boolean continues(List<Word> told) {
        return told.getFirst().start() <= committed.getFirst().end();
    }

    /// How many of the words `told` were committed: the same ones, or those in their place, where the spelling of some has
    /// changed.
    private int known(List<Word> told) {
        boolean same = committed.size() <= told.size();
        for (int i = 0; same && i < committed.size(); i++) {
            same =
                    ClausePolicy.plain(committed.get(i).text())
                            .equals(ClausePolicy.plain(told.get(i).text()));
        }
        if (same) {
            return committed.size();
        }
        long last = middle(committed.getLast());
        int known = 0;
        while (known < told.size() && told.get(known).start() <= last) {
            known++;
        }
        return known;
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
        int known = place.between(texts(committed), texts(open), all);
        return String.join(" ", all.subList(known, all.size()));
    }

    private static List<String> texts(List<Word> words) {
        return words.stream().flatMap(word -> SPACE.splitAsStream(word.text().strip())).toList();
    }
}
