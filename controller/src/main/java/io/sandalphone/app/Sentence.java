package io.sandalphone.app;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpokenSpan;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.text.admission.Admission;
import io.sandalphone.speech.text.admission.EchoText;
import io.sandalphone.speech.text.admission.SpokenLanguage;
import io.sandalphone.speech.text.aloud.ReadAloud;
import io.sandalphone.speech.text.protect.Protected;
import io.sandalphone.speech.text.protect.ProtectedTranslator;
import io.sandalphone.speech.text.protect.ProtectedTranslator.Outcome;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One sentence to try, as a recognizer would have given it, with what else a call would know.
///
/// @param id as the table names it; empty where it does not
/// @param detected the language the recognizer noticed
/// @param confidence how sure it was, 0 to 1; 1 where it does not say
/// @param previous what the speaker's telephone has just been sent
/// @param echo what the comparison by sound found: `match`, `none`, or empty for unknown
/// @param translation the translator's answer; empty to ask it
record Sentence(
        String id,
        Language from,
        Language to,
        String text,
        Optional<Language> detected,
        double confidence,
        String previous,
        String echo,
        Optional<String> translation) {
    /// What the gateway would do with a sentence.
    ///
    /// @param kept the text after what was left out
    /// @param voiced empty where nothing is
    record Result(
            Sentence sentence,
            String verdict,
            String reason,
            String kept,
            List<Protected> guarded,
            String sent,
            String answer,
            int attempts,
            String voiced,
            List<SpokenSpan> spans) {
        Result {
            guarded = List.copyOf(guarded);
            spans = List.copyOf(spans);
        }
    }

    /// Runs it through what a call runs it through.
    Result run(ProtectedTranslator translator) throws SpeechException, InterruptedException {
        String own = echo.equals("match") ? EchoText.own(text, previous, from) : text;
        if (own.isEmpty() && !text.isEmpty()) {
            return left("echo", "");
        }
        Admission.Admitted admitted =
                new Admission(from, to)
                        .admit(own, detected.filter(_ -> confidence >= TranscriptEvent.SURE));
        if (admitted.verdict() != Admission.Verdict.ADMITTED) {
            String verdict = admitted.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-');
            return left(verdict, admitted.kept());
        }
        String kept = admitted.kept();
        var request = new TranslationRequest(kept, from, to, List.of(), Usage.UNMETERED);
        Outcome outcome =
                translation.isPresent()
                        ? translator.given(request, translation.get())
                        : translator.attempt(request);
        Optional<String> voiced = outcome.voiced();
        String verdict = voiced.isEmpty() ? "refused" : outcome.repaired() ? "repaired" : "voiced";
        if (voiced.isPresent() && SpokenLanguage.unchanged(kept, voiced.get())) {
            verdict = "same-language";
            voiced = Optional.empty();
        }
        return new Result(
                this,
                verdict,
                outcome.reason(),
                kept,
                outcome.guarded(),
                outcome.sent(),
                outcome.answer(),
                outcome.attempts(),
                voiced.orElse(""),
                voiced.map(spoken -> ReadAloud.spans(spoken, to)).orElse(List.of()));
    }

    private Result left(String verdict, String kept) {
        return new Result(this, verdict, "", kept, List.of(), "", "", 0, "", List.of());
    }
}
