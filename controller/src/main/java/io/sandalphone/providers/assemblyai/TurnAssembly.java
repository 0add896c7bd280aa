package io.sandalphone.providers.assemblyai;

import io.sandalphone.providers.assemblyai.ServerMessage.Turn;
import io.sandalphone.providers.assemblyai.ServerMessage.Word;
import io.sandalphone.speech.TranscriptEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes transcript events of one session's turns: each turn ends once, however often the service
/// says so, and words that were called final stay. Knows no time but the samples'.
///
/// A model that revises its words calls none final before the end, so all of them are tentative.
final class TurnAssembly {
    /// A word that will not change, on the call's clock.
    record Said(String text, long start, long end) {}

    private final SessionClock clock;
    private final AssemblyAiMeters meters;

    /// The words of the turn that were final when the session before this one was lost.
    private final List<Said> carried = new ArrayList<>();

    private List<Said> settled = List.of();
    private int newest = -1;
    private int ended = -1;
    private boolean open;
    private long confirmed;

    /// The call's position up to which words come too late.
    private long givenUp;

    private TurnAssembly(
            SessionClock clock,
            List<Said> carried,
            long confirmed,
            long givenUp,
            AssemblyAiMeters meters) {
        this.clock = clock;
        this.carried.addAll(carried);
        this.confirmed = confirmed;
        this.givenUp = givenUp;
        this.meters = meters;
    }

    /// For a speaker's first session.
    static TurnAssembly first(SessionClock clock, AssemblyAiMeters meters) {
        return new TurnAssembly(clock, List.of(), Long.MIN_VALUE, Long.MIN_VALUE, meters);
    }

    /// For the session that goes on where this one was lost, and is sent what is not
    /// [#confirmed].
    TurnAssembly next(SessionClock clock) {
        return new TurnAssembly(clock, told(), confirmed, givenUp, meters);
    }

    /// The call's position up to which all words are known for good.
    long confirmed() {
        return confirmed;
    }

    /// Whether a turn is going on.
    boolean open() {
        return open || !carried.isEmpty();
    }

    /// What `turn` says that is new; empty when nothing is.
    Optional<TranscriptEvent> accept(Turn turn) {
        if (turn.order() <= ended) {
            meters.duplicateTurns().increment();
            return Optional.empty();
        }
        if (!clock.started()) {
            return Optional.empty();
        }
        if (turn.order() != newest) {
            newest = turn.order();
            settled = List.of();
        }
        if (!turn.words().isEmpty()
                && clock.endAt(turn.words().getLast().end()) <= givenUp + AnswerWatch.TAIL) {
            meters.lateTurns().increment();
            if (turn.ended()) {
                close(givenUp);
            }
            return Optional.empty();
        }
        return turn.ended() ? Optional.of(end(turn)) : partial(turn);
    }

    /// What was said until `position` is not waited for any longer: what there is of it. Empty when
    /// there is nothing. Whatever is still told of it comes too late, and is dropped.
    Optional<TranscriptEvent> giveUp(long position) {
        List<Said> words = told();
        givenUp = position;
        close(position);
        return words.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TranscriptEvent.Final(
                                text(words),
                                words.getFirst().start(),
                                words.getLast().end(),
                                Optional.empty()));
    }

    private Optional<TranscriptEvent> partial(Turn turn) {
        settle(turn.words().stream().filter(Word::last).map(this::said).toList());
        String tentative =
                turn.words().stream()
                        .filter(word -> !word.last())
                        .map(Word::text)
                        .collect(Collectors.joining(" "));
        List<Said> told = told();
        open = !told.isEmpty() || !tentative.isEmpty();
        if (!open || turn.words().isEmpty()) {
            return Optional.empty();
        }
        long start =
                told.isEmpty()
                        ? clock.startAt(turn.words().getFirst().start())
                        : told.getFirst().start();
        long end = clock.endAt(turn.words().getLast().end());
        return Optional.of(
                new TranscriptEvent.Partial(text(told), tentative, start, Math.max(start, end)));
    }

    private void settle(List<Said> words) {
        boolean extended = words.size() >= settled.size();
        for (int i = 0; extended && i < settled.size(); i++) {
            extended = plain(settled.get(i).text()).equals(plain(words.get(i).text()));
        }
        if (!extended) {
            meters.rewrittenWords().increment();
            return;
        }
        settled = words;
        if (!words.isEmpty()) {
            confirmed = Math.max(confirmed, words.getLast().end());
        }
    }

    private TranscriptEvent end(Turn turn) {
        long end = turn.words().isEmpty() ? clock.end() : clock.endAt(turn.words().getLast().end());
        long start = end;
        if (!carried.isEmpty()) {
            start = carried.getFirst().start();
        } else if (!turn.words().isEmpty()) {
            start = Math.min(end, clock.startAt(turn.words().getFirst().start()));
        }
        String text =
                carried.isEmpty()
                        ? turn.transcript()
                        : (text(carried) + " " + turn.transcript()).strip();
        if (!turn.words().isEmpty()) {
            clock.forget(turn.words().getLast().end());
        }
        close(end);
        return text.isEmpty()
                ? new TranscriptEvent.Nothing(start, end)
                : new TranscriptEvent.Final(text, start, end, turn.language());
    }

    private void close(long end) {
        ended = newest;
        open = false;
        carried.clear();
        settled = List.of();
        confirmed = Math.max(confirmed, end);
    }

    private List<Said> told() {
        List<Said> told = new ArrayList<>(carried);
        told.addAll(settled);
        return told;
    }

    private Said said(Word word) {
        long start = clock.startAt(word.start());
        return new Said(word.text(), start, Math.max(start, clock.endAt(word.end())));
    }

    private static String text(List<Said> words) {
        return words.stream().map(Said::text).collect(Collectors.joining(" "));
    }

    /// A word without what formatting may change.
    private static String plain(String word) {
        return word.replaceAll("[\\p{Punct}¡¿]", "").toLowerCase(Locale.ROOT);
    }
}
