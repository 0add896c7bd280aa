package io.sandalphone.speech.text.admission;

import io.sandalphone.speech.Language;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Answers that are sounds: "uh-huh", "mm-mm", "¿eh?". Each stands for a word, which a translator knows
/// and the sound it does not. Immutable.
final class Answers {
    /// A sound, and the word that says the same.
    private record Answer(Pattern sound, String word) {}

    private static final String YES =
            "u+h+[ -]?h+u+h+|m+h*[ -]?h+m+|m+[ -]?h+m+|mh+m+|a+j[aá]+|a+["
                    + " -]?h+[aá]h*|mj+m+|u+j+u+m+";
    private static final String NO = "u+h+-u+h+|n+u+h+-u+h+|m+-m+";
    private static final String PARDON = "¿?(?:h+u+h+|h+m+|e+h+|m+)\\?";

    private static final Map<String, List<Answer>> KNOWN =
            Map.of(
                    "en",
                    List.of(
                            answer("(?:" + PARDON + ")", "Pardon?"),
                            answer("(?:" + NO + "|nope)[.!]*", "No."),
                            answer("(?:" + YES + "|yep|yup)[.!]*", "Yes.")),
                    "es",
                    List.of(
                            answer("(?:" + PARDON + ")", "¿Mande?"),
                            answer("(?:" + NO + "|nel)[.!]*", "No."),
                            answer("(?:" + YES + "|sip|ey)[.!]*", "Sí.")));

    private Answers() {}

    private static Answer answer(String sound, String word) {
        return new Answer(
                Pattern.compile(sound, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), word);
    }

    /// The word for `text`, when it is no more than such a sound.
    static Optional<String> word(String text, Language language) {
        return KNOWN.getOrDefault(language.base(), List.of()).stream()
                .filter(answer -> answer.sound.matcher(text.strip()).matches())
                .map(Answer::word)
                .findFirst();
    }
}
