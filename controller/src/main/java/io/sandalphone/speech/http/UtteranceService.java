package io.sandalphone.speech.http;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptionRequest;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/// Understands one utterance at a time, each sent whole. Thread-safe.
@FunctionalInterface
public interface UtteranceService {
    /// What was understood.
    ///
    /// @param text the words; empty where there are none
    /// @param confidence how sure the service is of them, where it says so
    /// @param billed for how much sound it asks to be paid, where it says so
    /// @param dismissed whether it told words that are not believed
    record Words(
            String text, OptionalDouble confidence, Optional<Duration> billed, boolean dismissed) {
        /// Words that may be empty, of a service that says no more.
        public static Words of(String text) {
            return new Words(text, OptionalDouble.empty(), Optional.empty(), false);
        }

        /// None, since those that were told are not believed.
        public static Words notBelieved() {
            return new Words("", OptionalDouble.empty(), Optional.empty(), true);
        }
    }

    /// The words of `pcm`, 8 kHz, which is of whom `request` says. Blocks, on a virtual thread; an interrupt ends it.
    Words recognize(short[] pcm, TranscriptionRequest request)
            throws SpeechException, InterruptedException;
}
