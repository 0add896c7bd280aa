package io.sandalphone.harness.latency;

import io.sandalphone.harness.latency.EvaluationSet.Kind;
import io.sandalphone.harness.latency.PolicyResult.Percentiles;
import io.sandalphone.harness.latency.Talk.Clause;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One policy over one language of a set. The same seed draws the same delays of words for each policy, as the words are the same.
final class Trial {
    /// How long a phrase may be to be a short one.
    private static final int SHORT_MILLIS = 3000;

    private final Policy policy;
    private final Providers providers;
    private final OfflineTranslator translator;
    private final Language from;
    private final Language to;

    private final List<Long> clauseWords = new ArrayList<>();
    private final List<Long> phraseDelays = new ArrayList<>();
    private final List<Long> floors = new ArrayList<>();
    private final List<Long> spans = new ArrayList<>();
    private final List<Long> tails = new ArrayList<>();
    private int withheld;
    private long characters;
    private double chrf;
    private int kept;
    private int toKeep;

    Trial(
            Policy policy,
            Providers providers,
            OfflineTranslator translator,
            Language from,
            Language to) {
        this.policy = policy;
        this.providers = providers;
        this.translator = translator;
        this.from = from;
        this.to = to;
    }

    /// `patientCharacters` is what the patient policy sent, 0 for that one itself.
    PolicyResult run(List<EvaluationSet.Utterance> set, long seed, long patientCharacters)
            throws SpeechException, InterruptedException {
        for (EvaluationSet.Utterance utterance : set) {
            run(utterance, new Random(seed + utterance.id().hashCode()));
        }
        return new PolicyResult(
                policy.name(),
                from.tag(),
                set.size(),
                clauseWords.size(),
                withheld,
                Percentiles.of(clauseWords),
                Percentiles.of(phraseDelays),
                Percentiles.of(floors),
                Percentiles.of(spans),
                Percentiles.of(tails),
                patientCharacters == 0 ? 1 : (double) characters / patientCharacters,
                chrf / set.size(),
                kept,
                toKeep);
    }

    long characters() {
        return characters;
    }

    private void run(EvaluationSet.Utterance said, Random chance)
            throws SpeechException, InterruptedException {
        List<Clause> clauses =
                Talk.clauses(said, policy.make().apply(from, to), providers.word(), chance);
        var all = new StringBuilder();
        long silentFrom = 0;
        long firstSound = 0;
        long floor = 0;
        for (Clause clause : clauses) {
            String text = clause.utterance().text();
            String translation = translator.translate(text, from, to);
            characters += text.length();
            clauseWords.add((long) text.split(" ", -1).length);
            floor = providers.translation().draw(chance) + providers.voice().draw(chance);
            if (translation.isBlank()) {
                withheld++;
                continue;
            }
            firstSound = Math.max(silentFrom, clause.committedMillis() + floor);
            silentFrom =
                    firstSound
                            + Math.round(translation.length() * Providers.MILLIS_FOR_A_CHARACTER);
            if (said.kind() == Kind.LONG) {
                spans.add(firstSound - millis(clause.utterance().startPosition()));
            }
            all.append(' ').append(translation);
        }
        if (said.durationMs() <= SHORT_MILLIS && firstSound > 0) {
            phraseDelays.add(firstSound - said.durationMs());
            floors.add(floor);
        }
        if (said.kind() == Kind.LONG) {
            tails.add(silentFrom - said.durationMs());
        }
        String translated = all.toString().strip();
        chrf += Chrf.score(translated, said.reference());
        kept += Kept.count(said.keep(), translated, to);
        toKeep += said.keep().size();
    }

    private static long millis(long samples) {
        return samples * 1000 / AudioFrame.TELEPHONE_RATE;
    }
}
