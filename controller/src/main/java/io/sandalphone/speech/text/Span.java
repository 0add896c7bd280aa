package io.sandalphone.speech.text;

/// A stretch of a text that must arrive whole, from index `start` to before `end`.
record Span(int start, int end, Kind kind) {
    /// How it gets through a translation.
    sealed interface Kind {
        /// The translator never sees it; `written` stands in its place in the translation.
        record Name(String written) implements Kind {}

        /// The translator sees it, because its words depend on it; it must come out with the same
        /// value, and as a percentage when it is one.
        record Quantity(NumericToken figure, boolean percent) implements Kind {}
    }

    boolean overlaps(Span other) {
        return start < other.end && other.start < end;
    }
}
