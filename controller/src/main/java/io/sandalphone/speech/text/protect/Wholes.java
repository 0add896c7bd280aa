package io.sandalphone.speech.text.protect;

import io.sandalphone.speech.Language;

/// Knows what in what a speaker says must stay in one piece: what would be taken past a translator, or watched
/// through it. Thread-safe.
public final class Wholes {
    private final SpanFinder finder;

    /// Of what is said in `from` to a speaker of `to`.
    public Wholes(Glossary glossary, Language from, Language to) {
        finder = new SpanFinder(glossary, from, to);
    }

    /// Whether a cut of `text` before the character at `index` would part such a thing in two.
    public boolean parted(String text, int index) {
        return finder.in(text).stream()
                .anyMatch(span -> span.start() < index && index < span.end());
    }
}
