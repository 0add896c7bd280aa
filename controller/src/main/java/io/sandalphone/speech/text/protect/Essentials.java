package io.sandalphone.speech.text.protect;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.number.ValueReader;

import java.util.List;

/// Knows whether what a speaker says holds what may least of all be lost: a number or a negation.
/// Thread-safe.
public final class Essentials {
    private final SpanFinder finder;
    private final Language from;

    /// In what is said in `from` to a speaker of `to`.
    public Essentials(Glossary glossary, Language from, Language to) {
        finder = new SpanFinder(glossary, from, to);
        this.from = from;
    }

    public boolean in(String text) {
        if (Negation.in(text, from)) {
            return true;
        }
        List<Span> spans = finder.in(text);
        return spans.stream().anyMatch(span -> !(span.kind() instanceof Span.Kind.Name))
                || !ValueReader.read(text, from, spans).strong().isEmpty();
    }
}
