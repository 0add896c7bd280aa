package io.sandalphone.providers.offline;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;

import java.util.List;
import java.util.Optional;

/// One of the voices that [OfflineVoices] chooses from. Thread-safe.
interface Voice extends AutoCloseable {
    VoiceKind kind();

    /// What it needs and this machine has not got: a sentence each. Cheap; what is installed later counts.
    List<String> missing();

    /// Makes the first phrase no later than the others.
    default void prepare() {}

    /// Why it does not speak though it is installed. Waits until that is known.
    default Optional<String> trouble() throws InterruptedException {
        return Optional.empty();
    }

    /// Speaks `text`, which holds nothing but words and their punctuation, as
    /// [io.sandalphone.speech.Synthesizer] does. `variant` is one of the [kind's][VoiceKind#variants].
    void speak(String text, Language language, Optional<String> variant, PcmSink out)
            throws SpeechException, InterruptedException;

    @Override
    default void close() {}
}
