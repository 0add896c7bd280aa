package io.sandalphone.speech;

/// A part of a text, from index `start` to before `end`, that a voice would read wrong by itself.
public record SpokenSpan(int start, int end, As as) {
    /// How it is read.
    public enum As {
        /// Digit by digit, in groups; a plus is said.
        TELEPHONE,
        /// Digit by digit.
        DIGITS,
        /// Letters by their names, digits one by one.
        CHARACTERS,
        /// As a number, with its sign.
        CARDINAL,
        ORDINAL,
        /// The amount, then its currency once.
        CURRENCY,
        TIME,
        DATE,
        FRACTION,
        /// A number and its unit in words, with its sign.
        UNIT,
        PERCENT,
        /// An e-mail address or host.
        INTERNET
    }
}
