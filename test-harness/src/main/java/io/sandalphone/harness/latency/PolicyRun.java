package io.sandalphone.harness.latency;

import io.sandalphone.harness.latency.EvaluationSet.Keep;
import io.sandalphone.harness.latency.EvaluationSet.Kind;
import io.sandalphone.harness.latency.PolicyResult.Percentiles;
import io.sandalphone.harness.latency.PolicyResult.Share;
import io.sandalphone.speech.Language;
import io.sandalphone.translate.Span;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Adds up what came of the utterances of one language by one policy.
final class PolicyRun {
    /// How long a phrase may be to be a short one.
    static final int SHORT_MILLIS = 3000;

    private static final Set<Keep.Type> NAMES = EnumSet.of(Keep.Type.NAME);
    private static final Set<Keep.Type> NEGATIONS = EnumSet.of(Keep.Type.NEGATION);
    private static final Set<Keep.Type> NUMBERS =
            EnumSet.complementOf(EnumSet.of(Keep.Type.NAME, Keep.Type.NEGATION));

    private final Language to;
    private final Profile profile;
    private final List<Long> clauseWords = new ArrayList<>();
    private final List<Long> phraseDelays = new ArrayList<>();
    private final List<Long> firstSounds = new ArrayList<>();
    private final List<Long> floors = new ArrayList<>();
    private final List<Long> ours = new ArrayList<>();
    private final List<Long> spans = new ArrayList<>();
    private final List<Long> tails = new ArrayList<>();
    private double spoken;
    private long frames;
    private final Map<Span, List<Long>> parts = new EnumMap<>(Span.class);
    private Share numbers = new Share(0, 0);
    private Share names = new Share(0, 0);
    private Share negations = new Share(0, 0);
    private int utterances;
    private int refused;
    private int late;
    private int unheard;
    private int revised;
    private long translationCharacters;
    private long synthesisCharacters;
    private double chrf;
    private long talkedOverMs;

    /// For a listener of `to`.
    PolicyRun(Language to, Profile profile) {
        this.to = to;
        this.profile = profile;
    }

    void add(Outcome outcome) {
        utterances++;
        refused += outcome.refused();
        late += outcome.late();
        revised += outcome.revised();
        translationCharacters += outcome.translationCharacters();
        synthesisCharacters += outcome.synthesisCharacters();
        talkedOverMs += outcome.talkedOverMs(profile.patienceMs(), profile.answerMs());
        outcome.clauses().forEach(clause -> clauseWords.add((long) clause.words()));
        EvaluationSet.Utterance said = outcome.said();
        if (said.durationMs() <= SHORT_MILLIS) {
            addShort(outcome);
        }
        if (said.kind() == Kind.LONG) {
            addLong(outcome);
        }
        String translation = outcome.translation();
        chrf += Chrf.score(translation, said.reference());
        numbers = kept(numbers, NUMBERS, said, translation);
        names = kept(names, NAMES, said, translation);
        negations = kept(negations, NEGATIONS, said, translation);
    }

    private void addShort(Outcome outcome) {
        long end = outcome.said().durationMs();
        outcome.firstSound().ifPresent(from -> firstSounds.add(from - end));
        outcome.lastClause()
                .ifPresentOrElse(
                        from -> {
                            phraseDelays.add(from - end);
                            floors.add(outcome.floorMs());
                            ours.add(from - end - outcome.floorMs());
                        },
                        () -> unheard++);
    }

    private void addLong(Outcome outcome) {
        for (Outcome.Clause clause : outcome.clauses()) {
            clause.voiced()
                    .ifPresent(
                            voiced -> {
                                spans.add(voiced.from() - clause.startMs());
                                part(clause, voiced);
                            });
        }
        outcome.frames()
                .forEach(
                        (step, count) -> {
                            spoken += count * step.pace();
                            frames += count;
                        });
        if (!outcome.sounds().isEmpty()) {
            tails.add(outcome.sounds().getLast().until() - outcome.said().durationMs());
        }
    }

    /// What its ear-voice span is made of. Its first word may begin later than the clause does.
    private void part(Outcome.Clause clause, Outcome.Voiced voiced) {
        for (Span span : SpanParts.OF_EAR_VOICE_SPAN) {
            long millis =
                    span == Span.SPEAKING
                            ? clause.endMs() - clause.startMs()
                            : voiced.spans().getOrDefault(span, 0L);
            parts.computeIfAbsent(span, _ -> new ArrayList<>()).add(millis);
        }
    }

    private Share kept(
            Share before, Set<Keep.Type> types, EvaluationSet.Utterance said, String translation) {
        List<Keep> wanted =
                said.keep().stream().filter(keep -> types.contains(keep.type())).toList();
        return before.plus(Kept.count(wanted, translation, to), wanted.size());
    }

    /// `first` is the policy to which the others are compared: this one itself, when it is.
    PolicyResult result(String policy, Language from, PolicyRun first) {
        return new PolicyResult(
                policy,
                from.tag(),
                utterances,
                clauseWords.size(),
                refused,
                late,
                unheard,
                Percentiles.of(clauseWords),
                Percentiles.of(phraseDelays),
                Percentiles.of(firstSounds),
                Percentiles.of(floors),
                Percentiles.of(ours),
                Percentiles.of(spans),
                SpanParts.of(parts),
                Percentiles.of(tails),
                frames == 0 ? 1 : spoken / frames,
                (double) translationCharacters / first.translationCharacters,
                (double) synthesisCharacters / first.synthesisCharacters,
                revised,
                chrf / utterances,
                numbers,
                names,
                negations,
                talkedOverMs / 1000.0);
    }
}
