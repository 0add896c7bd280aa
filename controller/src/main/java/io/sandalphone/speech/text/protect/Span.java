package io.sandalphone.speech.text.protect;

import io.sandalphone.speech.text.number.Stretch;

/// A stretch of a text that must arrive whole, from index `start` to before `end`.
record Span(int start, int end, Kind kind) implements Stretch {
    /// How it gets through a translation.
    sealed interface Kind {
        /// `type`, of [Protected].
        Protected.Type type();

        /// What is neither a number nor holds one: the translator never sees it; `written` stands in its
        /// place in the translation.
        record Name(Protected.Type type, String written) implements Kind {}

        /// A number that the translator never sees; `written` stands in its place.
        record Figure(Protected.Type type, String written) implements Kind {}

        /// A number that the translator sees, because its words depend on it: `written` is how a voice of
        /// the listener's language reads it right.
        record Quantity(Protected.Type type, String written) implements Kind {}
    }

    boolean overlaps(Span other) {
        return start < other.end && other.start < end;
    }

    boolean masked() {
        return !(kind instanceof Kind.Quantity);
    }

    String written() {
        return switch (kind) {
            case Kind.Name name -> name.written();
            case Kind.Figure figure -> figure.written();
            case Kind.Quantity quantity -> quantity.written();
        };
    }
}
