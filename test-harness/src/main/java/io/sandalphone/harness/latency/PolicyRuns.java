package io.sandalphone.harness.latency;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.Translator;

import java.util.List;

/// Has what people say in the set interpreted by one policy after another: with the same delays and mistakes of the
/// providers, as far as they are asked the same.
///
/// @param seed from which those are drawn
/// @param translator makes the translations
record PolicyRuns(EvaluationSet set, Profile profile, long seed, Translator translator) {
    static final Language ENGLISH = new Language("en");
    static final Language SPANISH = new Language("es");
    static final List<Language> LANGUAGES = List.of(ENGLISH, SPANISH);

    /// Those in which the set has anything.
    List<Language> languages() {
        return LANGUAGES.stream().filter(language -> !set.spokenIn(language).isEmpty()).toList();
    }

    /// All that is said in `from`.
    PolicyRun run(Policy policy, Language from) {
        List<EvaluationSet.Utterance> all = set.spokenIn(from);
        List<String> others = words(all);
        var run = new PolicyRun(other(from), profile);
        for (EvaluationSet.Utterance said : all) {
            run.add(trial(policy, from, said, others));
        }
        return run;
    }

    /// One thing that is said in `from`.
    Outcome run(Policy policy, Language from, EvaluationSet.Utterance said) {
        return trial(policy, from, said, words(set.spokenIn(from)));
    }

    private Outcome trial(
            Policy policy, Language from, EvaluationSet.Utterance said, List<String> others) {
        return new Trial(
                        said,
                        policy.settings(),
                        profile,
                        seed,
                        from,
                        other(from),
                        translator,
                        others)
                .run();
    }

    /// In what they are heard who speak `language`.
    static Language other(Language language) {
        return language.equals(ENGLISH) ? SPANISH : ENGLISH;
    }

    /// The words that are said, for those that are misheard.
    static List<String> words(List<EvaluationSet.Utterance> all) {
        return all.stream()
                .flatMap(each -> each.words().stream())
                .map(word -> HeardWords.plain(word.text()))
                .filter(word -> word.matches("\\p{L}+"))
                .distinct()
                .toList();
    }
}
