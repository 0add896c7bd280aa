package io.sandalphone.harness.converse;

import java.util.List;

/// A conversation that was had over a telephone: what became of it, and what the telephone recorded, 8 kHz, on one clock that begins
/// with the call.
///
/// @param reason why the call ended
/// @param toPerson what the person heard to whom the caller was put through, when the caller spoke to them; may be empty
/// @param person all that they heard
// Arrays, because sound is megabytes of primitives; nobody compares recordings by value.
@SuppressWarnings("ArrayRecordComponent")
public record HeldCall(
        Verdict verdict,
        List<CallTurn> turns,
        String reason,
        short[] said,
        short[] heard,
        String toPerson,
        short[] person) {
    public HeldCall {
        turns = List.copyOf(turns);
    }
}
