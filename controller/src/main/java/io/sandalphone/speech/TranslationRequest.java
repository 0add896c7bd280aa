package io.sandalphone.speech;

import java.util.List;

/// One piece of speech to translate. `context` holds what the same speaker said just before, oldest
/// first, untranslated; it helps and is not translated itself. `usage` hears what it costs.
///
/// One that is `speculative` nobody may want in the end: it is refused where an engine is on trial.
public record TranslationRequest(
        String text,
        Language from,
        Language to,
        List<String> context,
        Usage usage,
        boolean speculative) {
    public TranslationRequest {
        context = List.copyOf(context);
    }

    /// One that is wanted.
    public TranslationRequest(
            String text, Language from, Language to, List<String> context, Usage usage) {
        this(text, from, to, context, usage, false);
    }

    /// The same request for another text.
    public TranslationRequest withText(String other) {
        return new TranslationRequest(other, from, to, context, usage, speculative);
    }
}
