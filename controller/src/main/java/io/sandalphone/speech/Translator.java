package io.sandalphone.speech;

/// Turns text of one language into another. Thread-safe; one serves all calls.
public interface Translator extends SpeechPort {
    boolean translates(Language from, Language to);

    /// Blocks until the translation is there: call it from a virtual thread. An interrupt ends it.
    /// Blank text costs nothing and gives blank text; languages it does not translate between are a
    /// wrong [request][SpeechException.Kind#REQUEST].
    String translate(TranslationRequest request) throws SpeechException, InterruptedException;
}
