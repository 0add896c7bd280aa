package io.sandalphone.harness.demo;

import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// What the controller reported of one utterance. Nothing of it is believed but the words: the times,
/// in milliseconds since the epoch, only say which sound is meant. `number` counts the utterances of
/// one speaker. What never happened is null.
public record UtteranceReport(
        Party speaker,
        int number,
        Language source,
        Language target,
        @Nullable String said,
        @Nullable String translated,
        Stages stages,
        Optional<UtteranceSpans> spans) {
    /// When each stage was reached, by the controller's clock.
    public record Stages(
            @Nullable Long speechStart,
            @Nullable Long speechEnd,
            @Nullable Long committed,
            @Nullable Long firstAudio,
            @Nullable Long audioEnd) {}

    /// Whether something was to be spoken to the listener.
    public boolean isTranslated() {
        return translated != null && !translated.isBlank();
    }
}
