package io.sandalphone.speech;

import java.util.List;

/// Whom a [Transcriber] is to listen to.
///
/// @param language what the speaker is expected to speak
/// @param other what the listener speaks, and the speaker may turn out to
/// @param keyTerms names and terms that are likely to be said, most important first
/// @param usage hears what it costs
public record TranscriptionRequest(
        Language language, Language other, List<String> keyTerms, Usage usage) {
    public TranscriptionRequest {
        keyTerms = List.copyOf(keyTerms);
    }
}
