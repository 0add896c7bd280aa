package io.sandalphone.translate;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.text.Fillers;
import io.sandalphone.speech.text.SpokenLanguage;

import java.util.Optional;

/// Lets through, of what was recognised, what the listener needs to hear: not the echo of what was
/// voiced to the speaker, not what is in the listener's language already, no mere sounds.
///
/// Runs on the call's loop.
final class TranscriptFilter {
    private final Language from;
    private final Language to;
    private final EchoGuard echo;
    private final SpeakerClock clock;
    private final Fillers fillers;
    private final TranscriptFilterMeters meters;

    /// `echo` knows what is voiced to the speaker, `clock` when the speaker was heard.
    TranscriptFilter(
            Language from,
            Language to,
            EchoGuard echo,
            SpeakerClock clock,
            TranscriptFilterMeters meters) {
        this.from = from;
        this.to = to;
        this.echo = echo;
        this.clock = clock;
        this.meters = meters;
        fillers = Fillers.of(from);
    }

    /// What is left of it, if anything is.
    Optional<TranscriptEvent.Final> admit(TranscriptEvent.Final heard) {
        String text =
                echo.own(
                        heard.text(),
                        EchoGuard.millis(clock.nanos(heard.start())),
                        EchoGuard.millis(clock.nanos(heard.end())));
        if (!text.equals(heard.text())) {
            meters.echoes().increment();
        }
        if (text.isBlank()) {
            return Optional.empty();
        }
        if (SpokenLanguage.judge(from, to, heard.language(), text)
                == SpokenLanguage.Verdict.LEAVE) {
            meters.sameLanguage().increment();
            return Optional.empty();
        }
        Fillers.Spoken spoken = fillers.outOf(text);
        meters.fillers().increment(spoken.fillers());
        return spoken.text().isBlank()
                ? Optional.empty()
                : Optional.of(
                        new TranscriptEvent.Final(
                                spoken.text(), heard.start(), heard.end(), heard.language()));
    }
}
