package io.sandalphone.speech;

import java.util.List;

/// One piece of speech to translate. `context` holds what the same speaker said just before, oldest
/// first, untranslated; it helps and is not translated itself. `usage` hears what it costs.
public record TranslationRequest(
        String text, Language from, Language to, List<String> context, Usage usage) {
    public TranslationRequest {
        context = List.copyOf(context);
    }

    /// The same request for another text.
    public TranslationRequest withText(String other) {
        return new TranslationRequest(other, from, to, context, usage);
    }
}
