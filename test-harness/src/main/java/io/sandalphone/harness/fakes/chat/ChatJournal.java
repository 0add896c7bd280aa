package io.sandalphone.harness.fakes.chat;

import java.util.Map;

/// What happened at the fake so far. Every request for an answer is in exactly one of `answered`, `refused`, `spoilt`,
/// `abandoned` and `underWay`.
///
/// @param requests that asked for an answer of the model
/// @param answered those that got the whole of it
/// @param refused how many were refused, by HTTP status; other requests than for answers too
/// @param spoilt those that a fault left without a whole answer
/// @param abandoned those whose client left while the answer came
/// @param underWay those whose answer comes
/// @param mostAtOnce the most answers under way at the same moment
/// @param tokens how many were sent
public record ChatJournal(
        int requests,
        int answered,
        Map<Integer, Integer> refused,
        int spoilt,
        int abandoned,
        int underWay,
        int mostAtOnce,
        int tokens) {
    public ChatJournal {
        refused = Map.copyOf(refused);
    }
}
