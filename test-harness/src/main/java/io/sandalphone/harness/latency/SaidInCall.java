package io.sandalphone.harness.latency;

import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.aloud.ReadAloud;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
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

    /// A tone began to be heard in the call.
    record Heard(ToneWord tone, long millis) {}

    /// Of tones in `language`.
    static SaidInCall of(Outcome virtual, List<Heard> heard, Language language) {
        List<Outcome.Clause> voiced =
                virtual.clauses().stream().filter(each -> each.voiced().isPresent()).toList();
        return new SaidInCall(
                virtual.said().id(),
                virtual.said().durationMs(),
                starts(
                        heard,
                        voiced.stream()
                                .map(each -> each.voiced().orElseThrow().text())
                                .map(text -> ReadAloud.inWords(text, language))
                                .map(text -> SpokenTones.toneOf(text, language))
                                .toList()),
                voiced.stream().map(each -> each.voiced().orElseThrow().from()).toList(),
                voiced.stream().map(Outcome.Clause::startMs).toList());
    }

    /// When the clauses began whose tones are `expected`: a tone that is heard again, and not expected to be, was interrupted by
    /// sound that was lost.
    static List<Long> starts(List<Heard> heard, List<ToneWord> expected) {
        List<Long> starts = new ArrayList<>();
        @Nullable ToneWord sounding = null;
        for (Heard each : heard) {
            int next = starts.size();
            boolean begins = next < expected.size() && each.tone() == expected.get(next);
            if (begins || each.tone() != sounding) {
                starts.add(each.millis());
            }
            sounding = each.tone();
        }
        return starts;
    }

    boolean isShort() {
        return durationMs <= PolicyRun.SHORT_MILLIS;
    }

    /// Whether as many clauses were heard in both.
    boolean sameClauses() {
        return heard.size() == virtual.size() && !heard.isEmpty();
    }
}
