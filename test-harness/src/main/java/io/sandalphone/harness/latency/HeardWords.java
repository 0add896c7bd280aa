package io.sandalphone.harness.latency;

import io.sandalphone.media.AudioFrame;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// What the modelled recognizer makes of each word of an utterance, sooner or later. Positions count samples on the speaker's clock.
final class HeardWords {
    /// One word.
    ///
    /// @param first as it is told first, without case and marks
    /// @param settled as it is told when it is final, likewise
    /// @param written as it stands in the text of the turn that has ended
    /// @param delayMs from its end until it is told
    /// @param correctionMs from then until it is told as it stays
    /// @param endsSentence whether its mark ends a sentence
    record Word(
            String first,
            String settled,
            String written,
            long start,
            long end,
            long delayMs,
            long correctionMs,
            boolean endsSentence) {}

    private HeardWords() {}

    /// Of `said`, whose first sample lies at `from`. What is heard wrong is heard as one of `others`.
    static List<Word> of(
            EvaluationSet.Utterance said,
            long from,
            Profile profile,
            Chance chance,
            List<String> others) {
        List<Word> heard = new ArrayList<>();
        for (int i = 0; i < said.words().size(); i++) {
            EvaluationSet.Word word = said.words().get(i);
            RandomGenerator draws = chance.of("word", i);
            long delay = profile.partial().draw(draws);
            long correction = profile.correction().draw(draws);
            String other = others.get(draws.nextInt(others.size()));
            double luck = draws.nextDouble();
            String plain = plain(word.text());
            boolean wrong = luck < profile.wrong();
            boolean wrongFirst = luck < profile.wrong() + profile.wrongFirst();
            heard.add(
                    new Word(
                            wrongFirst ? other : plain,
                            wrong ? other : plain,
                            wrong ? other : word.text(),
                            from + samples(word.startMs()),
                            from + samples(word.endMs()),
                            delay,
                            wrong || !wrongFirst ? 0 : correction,
                            word.text().matches(".*[.?!…][\"')»]*")));
        }
        return heard;
    }

    /// A word in lower case and without the marks around it.
    static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("^[¿¡\"'(]+|[.,;:?!…\")]+$", "");
    }

    /// How many samples `millis` have.
    static long samples(long millis) {
        return millis * AudioFrame.TELEPHONE_RATE / 1000;
    }

    /// How many milliseconds `samples` are.
    static long millis(long samples) {
        return samples * 1000 / AudioFrame.TELEPHONE_RATE;
    }
}
