package io.sandalphone.harness.latency;

import io.sandalphone.harness.latency.PolicyResult.Percentiles;
import io.sandalphone.translate.Span;

import java.util.List;
import java.util.Map;

/// What the ear-voice span of long speech is made of, in milliseconds. Of each clause the parts add up to its span; their medians
/// need not add up to the median.
///
/// @param clause from its first word to its last
/// @param commit from there until it is known to be a clause: the recognizer, and the words behind it that tell
/// @param translation from there until its translation is there, and `voice` from there to the first of its sound
/// @param queue from there until what is spoken before it has been heard
record SpanParts(
        Percentiles clause,
        Percentiles commit,
        Percentiles translation,
        Percentiles voice,
        Percentiles queue) {
    /// The spans that end where the first sound begins.
    static final List<Span> OF_EAR_VOICE_SPAN =
            List.of(
                    Span.SPEAKING,
                    Span.RECOGNITION,
                    Span.TRANSLATION,
                    Span.SYNTHESIS,
                    Span.WAITING);

    static SpanParts of(Map<Span, List<Long>> clauses) {
        return new SpanParts(
                part(clauses, Span.SPEAKING),
                part(clauses, Span.RECOGNITION),
                part(clauses, Span.TRANSLATION),
                part(clauses, Span.SYNTHESIS),
                part(clauses, Span.WAITING));
    }

    private static Percentiles part(Map<Span, List<Long>> clauses, Span span) {
        return Percentiles.of(clauses.getOrDefault(span, List.of()));
    }

    @Override
    public String toString() {
        return "clause %s, commit %s, translation %s, voice %s, queue %s"
                .formatted(clause, commit, translation, voice, queue);
    }
}
