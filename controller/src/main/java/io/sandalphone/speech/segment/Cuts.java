package io.sandalphone.speech.segment;

/// Knows what in a text must not be cut in two: numbers, amounts, dates, names, addresses.
@FunctionalInterface
public interface Cuts {
    /// Whether a cut of `text` before the character at `index` leaves everything whole.
    boolean allowed(String text, int index);
}
