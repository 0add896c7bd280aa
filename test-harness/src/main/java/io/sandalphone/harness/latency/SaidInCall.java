package io.sandalphone.harness.latency;

import java.util.List;

/// One utterance of the set that was said in a call of a real gateway, and in virtual time. All times are milliseconds since its
/// first sample.
///
/// @param id of the utterance
/// @param durationMs up to its last sample
/// @param heard when the translation of each clause began to be heard in the call
/// @param virtual the same in virtual time, where the first word of each clause began at `clauseStarts`
record SaidInCall(
        String id, int durationMs, List<Long> heard, List<Long> virtual, List<Long> clauseStarts) {
    SaidInCall {
        heard = List.copyOf(heard);
        virtual = List.copyOf(virtual);
        clauseStarts = List.copyOf(clauseStarts);
    }

    static SaidInCall of(Outcome virtual, List<Long> heard) {
        List<Outcome.Clause> voiced =
                virtual.clauses().stream().filter(each -> each.voiced().isPresent()).toList();
        return new SaidInCall(
                virtual.said().id(),
                virtual.said().durationMs(),
                heard,
                voiced.stream().map(each -> each.voiced().orElseThrow().from()).toList(),
                voiced.stream().map(Outcome.Clause::startMs).toList());
    }

    boolean isShort() {
        return durationMs <= PolicyRun.SHORT_MILLIS;
    }

    /// Whether as many clauses were heard in both.
    boolean sameClauses() {
        return heard.size() == virtual.size() && !heard.isEmpty();
    }
}
