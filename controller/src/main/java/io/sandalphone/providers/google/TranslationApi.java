package io.sandalphone.providers.google;

import io.sandalphone.config.Finding;

import java.util.List;

/// One edition of the service, asked once: nothing is repeated in here. Thread-safe; blocks, and an
/// interrupt ends it.
interface TranslationApi extends AutoCloseable {
    /// Plain text, and the languages by Google's codes.
    record Phrase(String text, String from, String to) {}

    /// The translation, as plain text.
    ///
    /// @param ends when it is to be there, on the clock of [System#nanoTime]
    String translate(Phrase phrase, long ends) throws ApiFailure, InterruptedException;

    /// Whether the service takes the settings, found out by requests that are free.
    List<Finding> check() throws InterruptedException;

    @Override
    void close();
}
