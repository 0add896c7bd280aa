package io.sandalphone.harness.bench;

import io.sandalphone.harness.recognition.RecognizedWords;
import io.sandalphone.speech.Language;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// How soon each profile was heard in each language.
record FirstSoundResult(List<Row> rows) {
    /// @param unheard phrases of which nothing was spoken; they are left out of the times
    /// @param pieces in how many all phrases were translated
    /// @param words what was said, and how much of it was understood wrong
    record Row(
            String profile,
            String language,
            int phrases,
            int unheard,
            int pieces,
            RecognizedWords words,
            Times ended,
            Times recognised,
            Times translated,
            Times sound) {
        static Row of(String profile, Language language, List<FirstSound> said) {
            List<FirstSound> heard =
                    said.stream().filter(each -> !Double.isNaN(each.sound())).toList();
            RecognizedWords words = new RecognizedWords(0, 0);
            for (FirstSound each : said) {
                words = words.and(RecognizedWords.of(each.said(), each.understood()));
            }
            return new Row(
                    profile,
                    language.tag(),
                    said.size(),
                    said.size() - heard.size(),
                    said.stream().mapToInt(FirstSound::pieces).sum(),
                    words,
                    Times.of(heard, FirstSound::ended),
                    Times.of(heard, FirstSound::words),
                    Times.of(heard, FirstSound::translated),
                    Times.of(heard, FirstSound::sound));
        }
    }

    /// In milliseconds after the last word.
    record Times(double p50, double p90) {
        static Times of(List<FirstSound> heard, ToDoubleFunction<FirstSound> stage) {
            double[] sorted = heard.stream().mapToDouble(stage).sorted().toArray();
            return new Times(at(sorted, 50), at(sorted, 90));
        }

        private static double at(double[] sorted, int percent) {
            return sorted.length == 0
                    ? 0
                    : Arrays.stream(sorted)
                            .skip(Math.ceilDiv(sorted.length * percent, 100) - 1)
                            .findFirst()
                            .orElse(0);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f/%.0f", p50, p90);
        }
    }

    /// For people.
    String table() {
        StringBuilder table =
                new StringBuilder(
                        String.format(
                                "%-9s %-2s %7s %7s %6s %6s  %-10s %-10s %-10s %s%n",
                                "profile",
                                "",
                                "phrases",
                                "unheard",
                                "pieces",
                                "wrong",
                                "end known",
                                "words",
                                "translated",
                                "first sound (ms after the last word, p50/p90)"));
        for (Row row : rows) {
            table.append(
                    String.format(
                            Locale.ROOT,
                            "%-9s %-2s %7d %7d %6d %5.1f%%  %-10s %-10s %-10s %s%n",
                            row.profile,
                            row.language,
                            row.phrases,
                            row.unheard,
                            row.pieces,
                            row.words.percent(),
                            row.ended,
                            row.recognised,
                            row.translated,
                            row.sound));
        }
        return table.toString();
    }
}
