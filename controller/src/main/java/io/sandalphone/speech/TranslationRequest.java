package io.sandalphone.speech;

import java.util.List;

/// One piece of speech to translate. `context` holds what the same speaker said just before, oldest
/// first, untranslated; it helps and is not translated itself.
public record TranslationRequest(String text, Language from, Language to, List<String> context) {
    public TranslationRequest {
        context = List.copyOf(context);
    }
}
