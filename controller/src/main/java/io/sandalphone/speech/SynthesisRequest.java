package io.sandalphone.speech;

/// A text to speak in `language`, with the engine's voice of `voices`. `usage` hears what it costs.
///
/// One that is `speculative` nobody may want in the end: it is refused where an engine is on trial.
public record SynthesisRequest(
        String text, Language language, VoiceChoice voices, Usage usage, boolean speculative) {
    /// One that is wanted, with the voice that the engine has for the language.
    public SynthesisRequest(String text, Language language, Usage usage) {
        this(text, language, VoiceChoice.USUAL, usage, false);
    }

    /// The same, for an engine that stands in for the one that is asked first.
    public SynthesisRequest ofUnderstudies() {
        return new SynthesisRequest(text, language, voices.ofUnderstudies(), usage, speculative);
    }
}
