package io.sandalphone.speech;

/// A text to speak in `language`. `usage` hears what it costs.
public record SynthesisRequest(String text, Language language, Usage usage) {}
