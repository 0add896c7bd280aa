package io.sandalphone.translate;

import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;

import org.jspecify.annotations.Nullable;

/// How far one utterance has come on its way from one party's mouth to the other's ear. Times are
/// milliseconds since the epoch, all reckoned from one reading of the wall clock, so that what lies
/// between them is true even when that clock was set meanwhile; what is not known yet is null. One that was
/// `skipped` is never heard: the interpretation was too far behind. `spans` are there once it sounds.
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
        @Nullable Long audioEnd,
        boolean skipped,
        @Nullable Spans spans) {
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
                speaker,
                utterance,
                from,
                to,
                said,
                null,
                speechStart,
                speechEnd,
                at,
                null,
                null,
                false,
                null);
    }

    /// More was said before it was begun to be translated.
    Progress goesOn(String more, long end) {
        return new Progress(
                speaker,
                utterance,
                from,
                to,
                said + " " + more,
                translated,
                speechStart,
                end,
                committed,
                firstAudio,
                audioEnd,
                skipped,
                spans);
    }

    Progress translated(String text) {
        return with(text, null, null, false, null);
    }

    Progress sounding(long at, Spans spans) {
        return with(translated, at, null, false, spans);
    }

    Progress sounded(long at, Spans spans) {
        return with(translated, firstAudio, at, false, spans);
    }

    Progress skip() {
        return with(translated, firstAudio, audioEnd, true, spans);
    }

    private Progress with(
            @Nullable String translated,
            @Nullable Long firstAudio,
            @Nullable Long audioEnd,
            boolean skipped,
            @Nullable Spans spans) {
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
                audioEnd,
                skipped,
                spans);
    }

    /// Without the words, so that they reach no log by accident.
    @Override
    public String toString() {
        return "Progress[speaker=%s, utterance=%d]".formatted(speaker, utterance);
    }
}
