package io.sandalphone.harness.fakes.google;

import java.util.List;
import java.util.Map;

/// Texts to translate, checked.
///
/// @param html whether they are HTML, and so is the answer: the default of both editions
/// @param glossary what single terms are to become; empty when none was asked for
record TranslateRequest(
        List<String> texts, String from, String to, boolean html, Map<String, String> glossary) {
    TranslateRequest {
        texts = List.copyOf(texts);
        glossary = Map.copyOf(glossary);
    }

    int characters() {
        return texts.stream().mapToInt(text -> text.codePointCount(0, text.length())).sum();
    }
}
