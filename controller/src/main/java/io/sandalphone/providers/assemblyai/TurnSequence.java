package io.sandalphone.providers.assemblyai;

import io.sandalphone.providers.assemblyai.ServerMessage.Turn;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalLong;

/// Which turn of a session a message is of: the one that goes on, the next, or one that has ended.
///
/// A turn is known by its number. Where the message has none, or one that cannot be right, the times of
/// its words decide; where it has no times either, it is of the turn that goes on. Times are the
/// session's milliseconds.
final class TurnSequence {
    /// Where a message belongs.
    enum Place {
        /// To the turn that goes on.
        CURRENT,
        /// To the next one; the one that went on, if any, is over.
        NEXT,
        /// To one that has ended: it was sent before.
        ENDED
    }

    /// How many turns that ended are remembered: a turn comes again soon, or not at all.
    private static final int REMEMBERED = 16;

    private static final long UNKNOWN = ServerMessage.Word.UNKNOWN;

    /// A turn as far as it was sent.
    private record Known(OptionalLong order, String words, long start, long end) {
        static Known of(Turn turn, OptionalLong order, long sent) {
            return turn.timed()
                    ? new Known(
                            order,
                            plain(turn.transcript()),
                            Math.min(turn.words().getFirst().start(), sent),
                            Math.min(turn.words().getLast().end(), sent))
                    : new Known(order, plain(turn.transcript()), UNKNOWN, UNKNOWN);
        }

        boolean timed() {
            return end != UNKNOWN;
        }
    }

    private final Deque<Known> ended = new ArrayDeque<>();
    private @Nullable Known current;

    Place place(Turn turn) {
        Known open = current;
        if (open != null && goesOn(open, turn)) {
            return Place.CURRENT;
        }
        return hasEnded(turn) ? Place.ENDED : Place.NEXT;
    }

    private static boolean goesOn(Known open, Turn turn) {
        boolean numbered = open.order.isPresent() && turn.order().isPresent();
        long step = numbered ? turn.order().getAsLong() - open.order.getAsLong() : 0;
        if (numbered && (step == 0 || step == 1)) {
            return step == 0;
        }
        return (open.timed() && turn.timed()) ? overlaps(open, turn) : !numbered;
    }

    private static boolean overlaps(Known known, Turn turn) {
        return turn.words().getFirst().start() <= known.end
                && turn.words().getLast().end() >= known.start;
    }

    private boolean hasEnded(Turn turn) {
        Known last = ended.peekLast();
        if (last == null) {
            return false;
        }
        boolean timed = turn.timed() && last.timed();
        if (turn.order().isEmpty()) {
            return timed ? overlaps(last, turn) : last.words.equals(plain(turn.transcript()));
        }
        boolean numberKnown = ended.stream().anyMatch(each -> each.order.equals(turn.order()));
        if (!timed) {
            return numberKnown;
        }
        long start = turn.words().getFirst().start();
        return numberKnown
                ? start < last.end || last.end == last.start
                : start == last.start && turn.words().getLast().end() == last.end;
    }

    /// `turn` goes on, when `sent` milliseconds of sound were sent.
    void goesOn(Turn turn, long sent) {
        current = Known.of(turn, number(turn), sent);
    }

    /// `turn` is over.
    void ended(Turn turn, long sent) {
        ended(Known.of(turn, number(turn), sent));
    }

    /// The turn that went on is over, whatever is still told of it.
    void ended() {
        Known open = current;
        if (open != null) {
            ended(open);
        }
    }

    private void ended(Known turn) {
        current = null;
        ended.addLast(turn);
        if (ended.size() > REMEMBERED) {
            ended.removeFirst();
        }
    }

    private OptionalLong number(Turn turn) {
        Known open = current;
        return open != null && open.order.isPresent() ? open.order : turn.order();
    }

    /// Words without what formatting may change.
    static String plain(String words) {
        return words.replaceAll("[\\p{Punct}¡¿]", "").toLowerCase(Locale.ROOT).strip();
    }
}
