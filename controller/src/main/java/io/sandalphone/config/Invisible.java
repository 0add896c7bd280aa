package io.sandalphone.config;

import java.util.Optional;

/// Finds characters in a value that nobody sees, so that nobody knows they are there: what a copied
/// password brings along, and what keeps a blank one from being empty.
final class Invisible {
    private Invisible() {}

    /// What is invisible in `text`, for messages, or nothing.
    static Optional<String> in(String text) {
        if (text.codePoints().allMatch(Invisible::isSpace)) {
            return Optional.of("nothing but spaces");
        }
        if (text.codePoints().anyMatch(Invisible::isControl)) {
            return Optional.of("a value with a line break or another invisible character");
        }
        int last = text.codePointBefore(text.length());
        if (isSpace(text.codePointAt(0)) || isSpace(last)) {
            return Optional.of("a value with a space at its beginning or end");
        }
        return Optional.empty();
    }

    /// The same of text that may have several lines, and end in a line break.
    static Optional<String> inLines(String text) {
        return in(text.strip().replaceAll("\\R", " "));
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    true;
            default -> false;
        };
    }
}
