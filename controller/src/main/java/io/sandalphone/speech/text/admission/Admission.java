package io.sandalphone.speech.text.admission;

import io.sandalphone.speech.Language;

import java.util.Optional;

/// Decides what of a final transcript the listener needs to hear: not what is in their language
/// already, no mere sounds. Immutable; one for each direction.
public final class Admission {
    /// What becomes of it.
    public enum Verdict {
        ADMITTED,
        SAME_LANGUAGE,
        FILLER
    }

    /// A verdict, with what comes of it.
    ///
    /// @param kept what is left of the text; empty unless it is admitted
    /// @param fillers how many sounds were left out
    public record Admitted(Verdict verdict, String kept, int fillers) {}

    private final Language from;
    private final Language to;
    private final Fillers fillers;

    public Admission(Language from, Language to) {
        this.from = from;
        this.to = to;
        fillers = Fillers.of(from);
    }

    /// Judges `text`, in which the recognizer noticed the language `recognized`, if it knew.
    public Admitted admit(String text, Optional<Language> recognized) {
        Optional<String> answer = Answers.word(text, from);
        if (answer.isPresent()) {
            return new Admitted(Verdict.ADMITTED, answer.get(), 0);
        }
        if (SpokenLanguage.judge(from, to, recognized, text) == SpokenLanguage.Verdict.LEAVE) {
            return new Admitted(Verdict.SAME_LANGUAGE, "", 0);
        }
        Fillers.Spoken spoken = fillers.outOf(text);
        return spoken.text().isBlank()
                ? new Admitted(Verdict.FILLER, "", spoken.fillers())
                : new Admitted(Verdict.ADMITTED, spoken.text(), spoken.fillers());
    }
}
