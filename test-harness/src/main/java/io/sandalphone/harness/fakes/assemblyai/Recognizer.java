package io.sandalphone.harness.fakes.assemblyai;

import io.sandalphone.media.AudioFrame;

/// What understands the sound that arrives at the fake.
public interface Recognizer extends AutoCloseable {
    /// Begins to listen to one session. Everything of a recognition happens on the fake's loop.
    Recognition open(Listener listener);

    @Override
    default void close() {}

    /// One session's recognition.
    interface Recognition {
        /// The next 20 ms, at 8 kHz, positions counted from the session's first sample.
        void hear(AudioFrame frame);

        /// Whether something is being said, or was said and is not told yet.
        boolean busy();

        /// Ends what is being said here, and runs `done` once all its words are told.
        void finish(Runnable done);

        /// Nothing more will be heard.
        void close();
    }

    /// Hears of words, in their order.
    interface Listener {
        /// A word is being said: a first guess at it.
        void begun(HeardWord word);

        /// A word goes on being said: another guess at it, now and then.
        default void goesOn(HeardWord word) {}

        /// A word was said.
        void said(HeardWord word);
    }
}
