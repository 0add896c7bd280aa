package io.sandalphone.providers.offline;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;

import java.util.List;

/// One of the voices that [OfflineVoices] chooses from. Thread-safe.
interface Voice extends AutoCloseable {
    VoiceKind kind();

    /// What it needs and this machine has not got: a sentence each. Cheap; what is installed later counts.
    List<String> missing();

    /// Makes the first phrase no later than the others.
    default void prepare() {}

    /// Speaks `text`, which holds nothing but words and their punctuation, as
    /// [io.sandalphone.speech.Synthesizer] does.
    void speak(String text, Language language, PcmSink out)
            throws SpeechException, InterruptedException;

    @Override
    default void close() {}
}
