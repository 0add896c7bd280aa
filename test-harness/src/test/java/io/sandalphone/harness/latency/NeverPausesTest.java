package io.sandalphone.harness.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.latency.EvaluationSet.Utterance;
import io.sandalphone.harness.latency.EvaluationSet.Word;
import io.sandalphone.harness.latency.Outcome.Clause;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

/// Somebody who speaks for two minutes without any pause, 2.5 words a second, to providers as slow as those of a cloud.
class NeverPausesTest {
    private static final int MINUTE = 60_000;
    private static final List<String> SENTENCE =
            List.of(
                    "then",
                    "my",
                    "neighbor",
                    "walked",
                    "slowly",
                    "around",
                    "the",
                    "corner",
                    "carrying",
                    "green",
                    "bottles",
                    "because",
                    "somebody",
                    "asked",
                    "him",
                    "yesterday",
                    "whether",
                    "people",
                    "still",
                    "collect",
                    "empty",
                    "ones");

    /// A language in which everything takes `times` as many letters.
    private record Longer(double times) implements Translator {
        @Override
        public String name() {
            return "longer";
        }

        @Override
        public boolean translates(Language from, Language to) {
            return true;
        }

        @Override
        public String translate(TranslationRequest request) {
            return "u".repeat((int) Math.round(request.text().length() * times));
        }
    }

    private static Utterance twoMinutes() {
        List<Word> words = new ArrayList<>();
        int now = 0;
        while (now < 2 * MINUTE) {
            String word = SENTENCE.get(words.size() % SENTENCE.size());
            int lasts = 10 * (12 + 5 * word.length());
            words.add(new Word(word, now, now + lasts));
            now += lasts;
        }
        String text = String.join(" ", words.stream().map(Word::text).toList());
        return new Utterance(
                "never-pauses", EvaluationSet.Kind.LONG, text, "-", words, List.of(), List.of());
    }

    @ParameterizedTest
    @CsvSource({"0.9, 3500, 4000", "1.1, 4000, 4300", "1.2, 5200, 5400"})
    void they_are_interpreted_as_closely_at_the_end_as_at_the_beginning(
            double times, long median, long most) throws Exception {
        Utterance said = twoMinutes();

        Outcome outcome =
                new Trial(
                                said,
                                Policy.sideBySide().getLast().settings(),
                                Profile.of("cloud").orElseThrow(),
                                1,
                                PolicyRuns.ENGLISH,
                                PolicyRuns.SPANISH,
                                new Longer(times),
                                List.of("something"))
                        .run();

        assertEquals(0, outcome.revised() + outcome.refused() + outcome.late());
        List<Long> spans = new ArrayList<>();
        List<Long> late = new ArrayList<>();
        for (Clause clause : outcome.clauses()) {
            long span = clause.voiced().orElseThrow().from() - clause.startMs();
            (clause.startMs() < MINUTE ? spans : late).add(span);
        }
        var first = PolicyResult.Percentiles.of(spans);
        var second = PolicyResult.Percentiles.of(late);
        String seen = "%s, then %s".formatted(first, second);
        assertTrue(first.p50() <= median && first.p90() <= most, seen);
        assertTrue(second.p50() <= median + 100 && second.p90() <= most + 100, seen);
    }
}
