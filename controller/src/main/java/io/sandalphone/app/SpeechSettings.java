package io.sandalphone.app;

/// Which engine hears, which translates and which speaks.
public record SpeechSettings(Engine transcriber, Engine translator, Engine synthesizer) {
    /// The engines there are.
    public enum Engine {
        /// The embedded ones, which need no account.
        OFFLINE
    }
}
