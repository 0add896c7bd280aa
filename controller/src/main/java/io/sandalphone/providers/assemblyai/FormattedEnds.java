package io.sandalphone.providers.assemblyai;

import io.sandalphone.providers.assemblyai.ServerMessage.Turn;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Waits, at the end of a turn without punctuation and capitals, for the one with them: some models send
/// both, "five five five" and then "555.". Where [#IN_VAIN] did not come, none is waited for until
/// one comes unexpected.
///
/// Not thread-safe. Reads no clock.
final class FormattedEnds {
    private static final int IN_VAIN = 2;

    private final long patienceNanos;
    private @Nullable Turn held;
    private long heldUntil;

    /// The last end of a turn, whether it was read or is held.
    private @Nullable Turn last;

    private int inVain;

    /// Waits for `patience` each time; not at all when that is zero.
    FormattedEnds(Duration patience) {
        patienceNanos = patience.toNanos();
    }

    /// `turn` came at `nanos`: what of it, and of what was held, is to be read now.
    List<Turn> accept(Turn turn, long nanos) {
        List<Turn> ready = new ArrayList<>();
        Turn waiting = held;
        held = null;
        if (waiting != null && !(turn.ended() && same(waiting, turn))) {
            ready.add(waiting);
        }
        Turn before = waiting == null ? last : waiting;
        boolean again = before != null && same(before, turn);
        if (turn.ended() && turn.formatted() && before != null && again && !before.formatted()) {
            inVain = 0;
        }
        if (turn.ended() && !turn.formatted() && !again && patienceNanos > 0 && inVain < IN_VAIN) {
            held = turn;
            heldUntil = nanos + patienceNanos;
        } else {
            ready.add(turn);
        }
        last = turn.ended() ? turn : last;
        return ready;
    }

    /// What has been held long enough at `nanos`.
    List<Turn> due(long nanos) {
        Turn waiting = held;
        if (waiting == null || nanos - heldUntil < 0) {
            return List.of();
        }
        held = null;
        inVain++;
        return List.of(waiting);
    }

    /// What is held, though nothing tells that it is all.
    List<Turn> rest() {
        Turn waiting = held;
        held = null;
        return waiting == null ? List.of() : List.of(waiting);
    }

    /// Whether both are about the same turn.
    private static boolean same(Turn one, Turn other) {
        return (one.order().isPresent() && other.order().isPresent())
                ? one.order().equals(other.order())
                : TurnSequence.plain(one.transcript())
                        .equals(TurnSequence.plain(other.transcript()));
    }
}
