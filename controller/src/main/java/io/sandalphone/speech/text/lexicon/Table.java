package io.sandalphone.speech.text.lexicon;

/// What a word stands for, in tables that each language has its own of.
public enum Table {
    /// Units, by the name that they have in every language.
    UNITS,
    /// Currencies, by ISO 4217; `cent` for a hundredth of any.
    CURRENCIES,
    /// Months and days of the week, by number.
    MONTHS,
    WEEKDAYS,
    /// Words that multiply the number before them, by the power of ten.
    MULTIPLIERS,
    /// What people say and CLDR's rules do not know, by value.
    MORE_CARDINALS,
    MORE_ORDINALS
}
