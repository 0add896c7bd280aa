package io.sandalphone.harness.fakes.http;

import java.util.Map;

/// What happened at a fake so far. Every request is in exactly one of `answered`, `refused`, `spoilt`, `abandoned` and
/// `underWay`.
///
/// @param answered those that got the whole of their answer
/// @param refused how many were refused, by HTTP status
/// @param spoilt those that a fault left without a whole answer
/// @param abandoned those whose client left before the end
/// @param mostAtOnce the most under way at the same moment
public record HttpJournal(
        int requests,
        int answered,
        Map<Integer, Integer> refused,
        int spoilt,
        int abandoned,
        int underWay,
        int mostAtOnce) {
    public HttpJournal {
        refused = Map.copyOf(refused);
    }
}
