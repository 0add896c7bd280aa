package io.sandalphone.harness.latency;

import io.sandalphone.harness.latency.ModelLeg.Stretch;
import io.sandalphone.translate.LagStep;
import io.sandalphone.translate.Span;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What came of one utterance of the set. All times are milliseconds since its first sample.
///
/// @param said the utterance
/// @param clauses into which it was parted, in the order in which they were committed
/// @param sounds when the listener heard a translation
/// @param floorMs what the providers took for the last word, for the translation of the last clause and for its first sound
/// @param revised clauses that were voiced though the recognizer's last words are others, or for a second time
/// @param refused translations that failed or may not be spoken, and `late` those for which it was too late
/// @param frames of sound, 20 ms each, by how fast they were spoken
/// @param translationCharacters sent to the translator, and `synthesisCharacters` to the voice
record Outcome(
        EvaluationSet.Utterance said,
        List<Clause> clauses,
        List<Stretch> sounds,
        long floorMs,
        int revised,
        int refused,
        int late,
        Map<LagStep, Long> frames,
        long translationCharacters,
        long synthesisCharacters) {
    Outcome {
        clauses = List.copyOf(clauses);
        sounds = List.copyOf(sounds);
        frames = Map.copyOf(frames);
    }

    /// One clause.
    ///
    /// @param text as it was translated
    /// @param startMs when its first word begins
    /// @param endMs when its last word ends
    /// @param voiced its translation and when it sounded; empty when it did not
    record Clause(String text, long startMs, long endMs, Optional<Voiced> voiced) {
        int words() {
            return text.split(" ", -1).length;
        }
    }

    /// A translation that sounded, `from` its first sample `until` its last, as far as it came.
    ///
    /// @param spans what the time until `from` was spent on, in milliseconds
    record Voiced(String text, long from, long until, Map<Span, Long> spans) {
        Voiced {
            spans = Map.copyOf(spans);
        }
    }

    /// All that was voiced.
    String translation() {
        return clauses.stream()
                .flatMap(clause -> clause.voiced().stream())
                .map(Voiced::text)
                .collect(Collectors.joining(" "));
    }

    /// When the first of it was heard.
    Optional<Long> firstSound() {
        return clauses.stream()
                .flatMap(clause -> clause.voiced().stream())
                .map(Voiced::from)
                .findFirst();
    }

    /// When the last clause was begun to be heard; empty when it was not.
    Optional<Long> lastClause() {
        return clauses.isEmpty() ? Optional.empty() : clauses.getLast().voiced().map(Voiced::from);
    }

    /// For how long the translation sounds over a listener who begins to answer when they have heard neither speaker nor
    /// translation for `patienceMs`, and speaks for `answerMs`.
    long talkedOverMs(long patienceMs, long answerMs) {
        long quiet = said.durationMs();
        for (Stretch sound : sounds) {
            if (sound.from() >= quiet + patienceMs) {
                break;
            }
            quiet = Math.max(quiet, sound.until());
        }
        long from = quiet + patienceMs;
        long until = from + answerMs;
        return sounds.stream()
                .mapToLong(
                        sound ->
                                Math.max(
                                        0,
                                        Math.min(until, sound.until())
                                                - Math.max(from, sound.from())))
                .sum();
    }
}
