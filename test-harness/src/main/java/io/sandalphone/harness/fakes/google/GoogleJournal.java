package io.sandalphone.harness.fakes.google;

import java.util.Map;

/// What happened at the fake so far.
///
/// @param requests requests that came, those for tokens apart
/// @param translations requests answered by a translation
/// @param characters code points of the texts that came to be translated, refused ones apart
/// @param tokens tokens given
/// @param refused how many requests were refused, by Google's name of the reason
/// @param spoilt requests that a fault left without a whole answer
/// @param connections connections on which requests came
/// @param maxConcurrent the most requests there were at the same moment
public record GoogleJournal(
        int requests,
        int translations,
        int characters,
        int tokens,
        Map<String, Integer> refused,
        int spoilt,
        int connections,
        int maxConcurrent) {
    public GoogleJournal {
        refused = Map.copyOf(refused);
    }
}
