package io.sandalphone.speech;

/// Turns text of one language into another. Thread-safe; one serves all calls.
public interface Translator extends SpeechPort {
    boolean translates(Language from, Language to);

    /// Blocks until the translation is there: call it from a virtual thread. An interrupt ends it.
    String translate(TranslationRequest request) throws SpeechException, InterruptedException;
}
