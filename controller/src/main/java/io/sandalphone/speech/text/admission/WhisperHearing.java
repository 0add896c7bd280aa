package io.sandalphone.speech.text.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What a Whisper made of an utterance, or of a stretch of one, and whether that can be believed. It writes sentences into
/// silence and noise, and sometimes repeats itself without end.
///
/// @param text the words
/// @param noSpeech the probability that nothing was said, 0 to 1
/// @param meanLogProbability of the words' tokens; 0 where there are none
public record WhisperHearing(String text, double noSpeech, double meanLogProbability) {
    /// Nobody speaks faster for a second or more.
    private static final double MOST_WORDS_A_SECOND = 6;

    private static final int LONGEST_PHRASE = 12;
    private static final int REPEATED_PHRASE = 3;

    /// "No, no, no" is said by people.
    private static final int REPEATED_WORD = 5;

    /// Of speech at telephone quality it was 0.02 to 0.25, of silence, noise and tones 0.68 and more.
    private static final double LIKELY_SILENCE = 0.6;

    /// Of speech it was above -0.5, of what was written into silence, noise and tones below -1.7.
    private static final double DOUBTFUL = -1;

    private static final double UNBELIEVABLE = -1.5;

    /// Of what was written into coughs, laughter, steps, water and a crying child the confidence was 0.11 to 0.29, of
    /// English sentences of people 0.32 to 0.94.
    private static final double LEAST_CONFIDENCE = 0.3;

    /// Of so many different words and more less is asked: into such sounds Whisper writes a phrase, or one word many times, and
    /// of what people say it is the less sure the less it knows the language.
    private static final int SENTENCE = 5;

    private static final double LEAST_CONFIDENCE_OF_SENTENCE = 0.2;

    /// Words as likely as this are believed even where a pause or noise makes speech unlikely.
    private static final double SURE_WORDS = -0.5;

    /// "AHHHHHHH": no word has a letter so often in a row.
    private static final Pattern CRY = Pattern.compile("(\\p{L})\\1{4}");

    /// Whether words count.
    public enum Verdict {
        CREDIBLE,
        /// Nobody said them.
        NO_SPEECH,
        /// A phrase stands there again and again.
        REPETITION,
        /// More words than anybody can say in that time.
        RATE;

        /// Its name in metrics; empty for words that count.
        public String label() {
            return this == CREDIBLE ? "" : name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// Whether decoding again with the whole context may help.
        public boolean mayBeMended() {
            return this == REPETITION || this == RATE;
        }
    }

    /// Without what is no word: sounds in brackets, notes of music.
    public static String plain(String text) {
        return text.replaceAll("\\[[^\\]]*\\]|\\([^)]*\\)|\\*[^*]*\\*|[♪♫]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /// How sure Whisper is of the words, 0 to 1: the geometric mean of the probabilities of their tokens,
    /// times the probability that anybody spoke.
    public double confidence() {
        return Math.clamp(Math.exp(meanLogProbability) * (1 - noSpeech), 0, 1);
    }

    /// The verdict on an utterance of so many `seconds`.
    public Verdict verdict(double seconds) {
        if (text.isEmpty()) {
            return Verdict.CREDIBLE;
        }
        List<String> words = words();
        double enough =
                Set.copyOf(words).size() < SENTENCE
                        ? LEAST_CONFIDENCE
                        : LEAST_CONFIDENCE_OF_SENTENCE;
        boolean silence = noSpeech > LIKELY_SILENCE && meanLogProbability < DOUBTFUL;
        if (words.isEmpty()
                || silence
                || meanLogProbability < UNBELIEVABLE
                || (confidence() < enough && meanLogProbability < SURE_WORDS)
                || CRY.matcher(text).find()) {
            return Verdict.NO_SPEECH;
        }
        if (repeats(words)) {
            return Verdict.REPETITION;
        }
        return words.size() > MOST_WORDS_A_SECOND * Math.max(1, seconds)
                ? Verdict.RATE
                : Verdict.CREDIBLE;
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}']+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private static boolean repeats(List<String> words) {
        for (int length = 1; length <= LONGEST_PHRASE; length++) {
            int same = 0;
            for (int i = length; i < words.size(); i++) {
                same = words.get(i).equals(words.get(i - length)) ? same + 1 : 0;
                int times = length == 1 ? REPEATED_WORD : REPEATED_PHRASE;
                if (same >= (times - 1) * length) {
                    return true;
                }
            }
        }
        return false;
    }
}
