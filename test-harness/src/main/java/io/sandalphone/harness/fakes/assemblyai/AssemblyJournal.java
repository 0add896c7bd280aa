package io.sandalphone.harness.fakes.assemblyai;

import java.util.Map;

/// What came to pass at the fake since its start. Every session that was opened is in exactly one of
/// `terminated`, `cut`, `dismissed`, `abandoned` and `open`.
///
/// @param opened handshakes answered with 101
/// @param begun sessions that were sent `Begin`
/// @param terminated sessions the client ended with `Terminate`
/// @param cut sessions that a fault of ours ended
/// @param dismissed sessions we closed because of what the client did, or how long it took
/// @param abandoned sessions whose client went away without `Terminate`: the real service bills them
///     for hours
/// @param open sessions under way
/// @param mostConcurrent the most sessions under way at once
/// @param refusals by HTTP status or close code, how often that was answered
/// @param audioMillis sound received, in milliseconds
/// @param tokens temporary tokens given out
public record AssemblyJournal(
        int opened,
        int begun,
        int terminated,
        int cut,
        int dismissed,
        int abandoned,
        int open,
        int mostConcurrent,
        Map<Integer, Integer> refusals,
        long audioMillis,
        int tokens) {
    public AssemblyJournal {
        refusals = Map.copyOf(refusals);
    }

    /// How often `code`, an HTTP status or a close code, was the answer.
    public int refused(int code) {
        return refusals.getOrDefault(code, 0);
    }
}
