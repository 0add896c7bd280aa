package io.sandalphone.providers.assemblyai;

import io.sandalphone.providers.assemblyai.ServerMessage.Turn;
import io.sandalphone.providers.assemblyai.ServerMessage.Word;
import io.sandalphone.speech.TranscriptEvent;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes transcript events of one session's turns: each turn ends once, however often the service
/// says so, and words that were called final stay. Knows no time but the samples'.
///
/// A model that revises its words calls none final before the end, so all of them are tentative. So
/// are words without times, of any model.
final class TurnAssembly {
    /// Where words lie on the call's clock.
    private record Range(long start, long end) {}

    private final SessionClock clock;
    private final SpeechMarks speech;
    private final AssemblyAiMeters meters;
    private final boolean settles;
    private final TurnSequence sequence = new TurnSequence();

    private List<TranscriptEvent.Word> settled = List.of();

    /// The words behind those, which will settle.
    private List<TranscriptEvent.Word> newest = List.of();

    /// The words of the turn that goes on which may still change.
    private String tentative = "";

    /// Where the words lie that were reported of it.
    private @Nullable Range told;

    /// Where the last turn ended, in the call's positions.
    private long turnEnd = Long.MIN_VALUE;

    /// Of one session. `speech` says where words lie of which the service does not; `settles` whether the model
    /// settles its words one after another.
    TurnAssembly(SessionClock clock, SpeechMarks speech, AssemblyAiMeters meters, boolean settles) {
        this.clock = clock;
        this.speech = speech;
        this.meters = meters;
        this.settles = settles;
    }

    /// Whether a turn is going on.
    boolean open() {
        return told != null;
    }

    /// What `turn` says that is new: mostly one event, none when nothing is, two when it begins although
    /// the end of the one before was not told.
    List<TranscriptEvent> accept(Turn turn) {
        TurnSequence.Place place = sequence.place(turn);
        if (place == TurnSequence.Place.ENDED) {
            meters.duplicateTurns().increment();
            return List.of();
        }
        if (!clock.started()) {
            return List.of();
        }
        List<TranscriptEvent> events = new ArrayList<>();
        if (place == TurnSequence.Place.NEXT && told != null) {
            meters.unendedTurns().increment();
            events.add(endUntold(told));
        }
        if (turn.ended()) {
            events.add(ended(turn));
        } else {
            partial(turn).ifPresent(events::add);
        }
        return events;
    }

    private Optional<TranscriptEvent> partial(Turn turn) {
        if (turn.timed()) {
            // Words become final one after another.
            settle(turn.words().stream().takeWhile(Word::last).map(this::said).toList());
            List<Word> open = turn.words().stream().dropWhile(Word::last).toList();
            newest = settles ? open.stream().map(this::said).toList() : List.of();
            tentative = settles ? "" : text(open.stream().map(Word::text));
        } else if (settled.isEmpty()) {
            tentative =
                    turn.words().isEmpty()
                            ? turn.transcript()
                            : text(turn.words().stream().map(Word::text));
        }
        if (settled.isEmpty() && newest.isEmpty() && tentative.isEmpty()) {
            return Optional.empty();
        }
        sequence.goesOn(turn, clock.sentMillis());
        Range range = range(turn);
        told = range;
        return Optional.of(
                new TranscriptEvent.Partial(
                        settled, newest, "", tentative, range.start(), range.end()));
    }

    private void settle(List<TranscriptEvent.Word> words) {
        boolean extended = words.size() >= settled.size();
        for (int i = 0; extended && i < settled.size(); i++) {
            extended =
                    TurnSequence.plain(settled.get(i).text())
                            .equals(TurnSequence.plain(words.get(i).text()));
        }
        if (!extended) {
            meters.rewrittenWords().increment();
            return;
        }
        settled = words;
    }

    private TranscriptEvent ended(Turn turn) {
        Range range = range(turn);
        // Words that were final stay, should the end not have them.
        String all = turn.transcript().isEmpty() ? text(settled) : turn.transcript();
        sequence.ended(turn, clock.sentMillis());
        if (turn.timed()) {
            clock.forget(turn.words().getLast().end());
        }
        close(range.end());
        return all.isEmpty()
                ? new TranscriptEvent.Nothing(range.start(), range.end())
                : new TranscriptEvent.Final(all, range.start(), range.end(), turn.language());
    }

    /// The turn that went on, whose end will not be told any more.
    private TranscriptEvent endUntold(Range range) {
        String all = settled.isEmpty() ? (text(newest) + " " + tentative).strip() : text(settled);
        sequence.ended();
        close(range.end());
        return new TranscriptEvent.Final(all, range.start(), range.end(), Optional.empty());
    }

    private void close(long end) {
        told = null;
        tentative = "";
        settled = List.of();
        newest = List.of();
        turnEnd = Math.max(turnEnd, end);
    }

    /// Where the words of `turn` lie, with those that settled before: by their own times; else where
    /// the turn was known to be; else where there was speech of late; else where the session is.
    private Range range(Turn turn) {
        Range known = told;
        long start;
        long end;
        if (turn.timed()) {
            end = end(turn);
            start = clock.startAt(turn.words().getFirst().start());
        } else if (turn.ended() && turn.transcript().isEmpty()) {
            end = clock.end();
            start = known == null ? end : known.start();
        } else if (known != null) {
            end = known.end();
            start = known.start();
        } else {
            end = speech.end(clock.end());
            start = speech.start(turnEnd, end);
        }
        if (!settled.isEmpty()) {
            start = settled.getFirst().start();
        }
        return new Range(start, Math.max(start, end));
    }

    private long end(Turn turn) {
        return clock.endAt(turn.words().getLast().end());
    }

    private TranscriptEvent.Word said(Word word) {
        long start = clock.startAt(word.start());
        return new TranscriptEvent.Word(
                word.text(), start, Math.max(start, clock.endAt(word.end())));
    }

    private static String text(List<TranscriptEvent.Word> words) {
        return text(words.stream().map(TranscriptEvent.Word::text));
    }

    private static String text(Stream<String> words) {
        return words.collect(Collectors.joining(" "));
    }
}
