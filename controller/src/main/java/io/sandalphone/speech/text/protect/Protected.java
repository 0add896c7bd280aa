package io.sandalphone.speech.text.protect;

/// One text that is taken past a translator, or watched through it.
///
/// @param text as it was said
/// @param value as it stands in what is voiced
public record Protected(String text, Type type, String value) {
    /// What it is.
    public enum Type {
        ADDRESS,
        NAME,
        TERM,
        DATE,
        TIME,
        AMOUNT,
        DIGITS,
        CODE,
        ORDINAL,
        CARDINAL
    }
}
