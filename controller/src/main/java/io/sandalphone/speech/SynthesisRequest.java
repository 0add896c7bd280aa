package io.sandalphone.speech;

/// A text to speak in `language`. `usage` hears what it costs.
///
/// One that is `speculative` nobody may want in the end: it is refused where an engine is on trial.
public record SynthesisRequest(String text, Language language, Usage usage, boolean speculative) {
    /// One that is wanted.
    public SynthesisRequest(String text, Language language, Usage usage) {
        this(text, language, usage, false);
    }
}
