package io.sandalphone.harness.latency;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.Translator;

import java.util.List;
import java.util.stream.Stream;

/// Has what people say in the set interpreted by one policy after another: with the same delays and mistakes of the
/// providers, as far as they are asked the same.
///
/// @param seed from which those are drawn
/// @param translator makes the translations
record PolicyRuns(EvaluationSet set, Profile profile, long seed, Translator translator) {
    private static final Language ENGLISH = new Language("en");
    private static final Language SPANISH = new Language("es");

    /// Those in which the set has anything.
    List<Language> languages() {
        return Stream.of(ENGLISH, SPANISH)
                .filter(language -> !set.spokenIn(language).isEmpty())
                .toList();
    }

    /// All that is said in `from`.
    PolicyRun run(Policy policy, Language from) {
        Language to = from.equals(ENGLISH) ? SPANISH : ENGLISH;
        List<EvaluationSet.Utterance> all = set.spokenIn(from);
        List<String> others = words(all);
        var run = new PolicyRun(to, profile);
        for (EvaluationSet.Utterance said : all) {
            run.add(
                    new Trial(said, policy.settings(), profile, seed, from, to, translator, others)
                            .run());
        }
        return run;
    }

    /// The words that are said, for those that are misheard.
    private static List<String> words(List<EvaluationSet.Utterance> all) {
        return all.stream()
                .flatMap(each -> each.words().stream())
                .map(word -> HeardWords.plain(word.text()))
                .filter(word -> word.matches("\\p{L}+"))
                .distinct()
                .toList();
    }
}
