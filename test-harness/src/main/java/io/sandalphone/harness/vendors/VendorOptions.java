package io.sandalphone.harness.vendors;

import io.sandalphone.harness.fakes.Trace;
import io.sandalphone.harness.tone.ToneWord;

import java.nio.file.Path;
import java.util.Optional;

/// How the fakes are.
///
/// @param firstPort where they take commands; the vendors have the three ports after it
/// @param tls the folder for a certificate and its trust store, when they are to be reached by TLS
/// @param serviceAccount the file to write of an account at Google, for edition v3 of its service;
///     without one the settings are those of v2
/// @param language what they understand and speak
/// @param recordings the folder of recordings whose words the recognizer knows, for speech; without one it hears with PocketSphinx
/// @param times how long they take
/// @param trace where they note what happens when
public record VendorOptions(
        int firstPort,
        Optional<Path> tls,
        Optional<Path> serviceAccount,
        Language language,
        Optional<Path> recordings,
        Times times,
        Trace trace) {
    /// What fakes understand and speak.
    public enum Language {
        /// Words are tones: exact, and next to free.
        TONES,
        /// The same, but [ToneWord#V8] is a hum, which is written `mmm` and means nothing.
        TONES_AND_HUM,
        /// English and Spanish, by the embedded engines.
        SPEECH
    }

    /// How long fakes take.
    public enum Times {
        /// As the vendors publish.
        PUBLISHED,
        /// No time at all.
        INSTANT
    }
}
