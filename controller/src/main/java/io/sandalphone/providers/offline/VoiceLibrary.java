package io.sandalphone.providers.offline;

import java.util.List;

/// A library that speaks, as the voice worker has loaded it. Thread-safe.
interface VoiceLibrary {
    /// What it is, for the operator.
    String name();

    /// The base languages it speaks.
    List<String> languages();

    /// Samples a second of its sound.
    int rate();

    /// One more that speaks with it. Lives as long as the process.
    Speaker speaker() throws LibraryUnavailableException;

    /// Speaks one phrase at a time. Belongs to one thread.
    interface Speaker {
        /// Speaks `text` as `language` is spoken, into `out`. Ends early when `out` wants no more.
        void speak(String language, String text, Out out);
    }

    /// Takes sound as it is made.
    interface Out {
        /// The next samples. False when no more are wanted.
        boolean accept(short[] pcm);
    }
}
