package io.sandalphone.translate;

import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;

import org.jspecify.annotations.Nullable;

/// How far one utterance has come on its way from one party's mouth to the other's ear. Times are
/// milliseconds since the epoch, all reckoned from one reading of the wall clock, so that what lies
/// between them is true even when that clock was set meanwhile; what is not known yet is null.
///
/// Holds what people say: it goes to those who may see it, and into no log.
public record Progress(
        Party speaker,
        int utterance,
        Language from,
        Language to,
        String said,
        @Nullable String translated,
        long speechStart,
        long speechEnd,
        long committed,
        @Nullable Long firstAudio,
        @Nullable Long audioEnd) {
    /// Just committed to translation.
    static Progress committed(
            Party speaker,
            int utterance,
            Language from,
            Language to,
            String said,
            long speechStart,
            long speechEnd,
            long at) {
        return new Progress(
                speaker, utterance, from, to, said, null, speechStart, speechEnd, at, null, null);
    }

    Progress translated(String text) {
        return with(text, null, null);
    }

    Progress sounding(long at) {
        return with(translated, at, null);
    }

    Progress sounded(long at) {
        return with(translated, firstAudio, at);
    }

    private Progress with(
            @Nullable String translated, @Nullable Long firstAudio, @Nullable Long audioEnd) {
        return new Progress(
                speaker,
                utterance,
                from,
                to,
                said,
                translated,
                speechStart,
                speechEnd,
                committed,
                firstAudio,
                audioEnd);
    }

    /// Without the words, so that they reach no log by accident.
    @Override
    public String toString() {
        return "Progress[speaker=%s, utterance=%d]".formatted(speaker, utterance);
    }
}
