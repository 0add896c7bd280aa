package io.sandalphone.translate;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.input.EchoGuard;
import io.sandalphone.speech.input.SpeakerClock;
import io.sandalphone.speech.segment.Utterance;
import io.sandalphone.speech.text.admission.Admission;

import java.util.Optional;

/// Lets through, of what was recognised, what the listener needs to hear: not the echo of what was
/// voiced to the speaker, not what is in the listener's language already, no mere sounds.
///
/// Runs on the call's loop.
final class TranscriptFilter {
    private final Language from;
    private final Admission admission;
    private final EchoGuard echo;
    private final SpeakerClock clock;
    private final TranscriptFilterMeters meters;

    /// `echo` knows what is voiced to the speaker, `clock` when the speaker was heard.
    TranscriptFilter(
            Language from,
            Language to,
            EchoGuard echo,
            SpeakerClock clock,
            TranscriptFilterMeters meters) {
        this.from = from;
        admission = new Admission(from, to);
        this.echo = echo;
        this.clock = clock;
        this.meters = meters;
    }

    /// What is left of it, if anything is.
    Optional<Utterance> admit(Utterance heard) {
        String text = own(heard);
        if (!text.equals(heard.text())) {
            meters.echoes().increment();
        }
        if (text.isBlank()) {
            return Optional.empty();
        }
        Admission.Admitted admitted = admission.admit(text, heard.language());
        meters.fillers().increment(admitted.fillers());
        if (admitted.verdict() == Admission.Verdict.SAME_LANGUAGE) {
            meters.sameLanguage().increment();
        }
        return kept(heard, admitted);
    }

    /// What would be left of words that may still change; nothing is counted.
    Optional<Utterance> preview(Utterance heard) {
        String text = own(heard);
        return text.isBlank()
                ? Optional.empty()
                : kept(heard, admission.admit(text, heard.language()));
    }

    private static Optional<Utterance> kept(Utterance heard, Admission.Admitted admitted) {
        return admitted.verdict() == Admission.Verdict.ADMITTED
                ? Optional.of(heard.withText(admitted.kept()))
                : Optional.empty();
    }

    private String own(Utterance heard) {
        return echo.own(heard.text(), from, heard.startPosition(), heard.endPosition(), clock);
    }
}
