package io.sandalphone.translate;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;

/// When what happened to one utterance, in milliseconds of the monotonic clock since the first sample of its speech. What is not
/// known, has not happened yet or never does is null. What was begun ahead happened before the commit.
///
/// @param lastSample of its speech
/// @param firstPartial the recognizer told of it for the first time
/// @param committed its words will not change any more
/// @param translationAsked and `translated`, its answer
/// @param synthesisAsked and `firstByte`, the first of its answer
/// @param firstFrame the first of its sound was sent to the listener, and `lastFrame` the last
/// @param firstPlayed the carrier said that it had played the first of it to the listener
public record Spans(
        long lastSample,
        @Nullable Long firstPartial,
        long committed,
        @Nullable Long translationAsked,
        @Nullable Long translated,
        @Nullable Long synthesisAsked,
        @Nullable Long firstByte,
        long firstFrame,
        @Nullable Long firstPlayed,
        @Nullable Long lastFrame) {
    /// How long each span took, of those that are over.
    public Map<Span, Long> durations() {
        var durations = new EnumMap<Span, Long>(Span.class);
        long reached = Math.max(0, lastSample);
        durations.put(Span.SPEAKING, reached);
        reached = until(Span.RECOGNITION, reached, committed, durations);
        reached = until(Span.TRANSLATION, reached, translated, durations);
        reached = until(Span.SYNTHESIS, reached, firstByte, durations);
        reached = until(Span.WAITING, reached, firstFrame, durations);
        if (lastFrame == null) {
            if (firstPlayed != null) {
                until(Span.PLAYOUT, reached, firstPlayed, durations);
            }
            return durations;
        }
        // The end is the last frame's, whatever was played only then.
        reached =
                until(
                        Span.PLAYOUT,
                        reached,
                        firstPlayed == null ? null : (Long) Math.min(firstPlayed, lastFrame),
                        durations);
        until(Span.SOUNDING, reached, lastFrame, durations);
        return durations;
    }

    /// What happened before the span began, or is not known to have happened, takes no time of it.
    private static long until(
            Span span, long from, @Nullable Long until, Map<Span, Long> durations) {
        long end = until == null ? from : Math.max(from, until);
        durations.put(span, end - from);
        return end;
    }
}
