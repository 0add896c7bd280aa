package io.sandalphone.speech.text.lexicon;

/// What words of a language do where numbers are read, and where it is decided what is voiced. Each
/// language says which of its words do so ([English], [Spanish]).
///
/// A role is one of the text's own language, or a mixed one: then the words of every language count,
/// because people mix theirs and translators leave words that they do not know.
public enum Role {
    // --- writing

    /// Has a capital wherever it stands, and none of whose other meanings is without.
    CAPITALISED(false),
    /// Is a letter, and more often a word.
    LETTER_WORD(false),

    // --- numbers

    /// Joins the parts of one number, and a number with a part of one: "two and a half".
    AND(true),
    /// Begins the decimals of a number.
    DECIMAL_POINT(true),
    /// What "a" before it makes a number: "a hundred".
    HUNDRED_OR_MORE(false),
    /// Multiplies the number before it; both numbers of a range have it, said once.
    SCALE(true),
    /// A number word that may be no more than an article or a pronoun.
    MAYBE_ARTICLE(true),
    /// Counts one of what is named behind it.
    SINGLE(true),
    /// An article, which is no digit among others that are spelled.
    NOT_SPELLED(true),
    /// Counts one where the other language counts one too.
    NUMERAL_ONE(true),
    /// Part of a number that need not be in its translation.
    NEVER_SURE(true),
    /// Is thanked or excused a thousand times.
    THANKED(true),
    MINUS(true),
    /// Before "less", which is no minus then: "more or less".
    BEFORE_LESS(true),
    /// Two, both, or twice.
    PAIR(true),
    /// Zero of something.
    NONE(true),
    DOUBLE(true),
    TRIPLE(true),
    /// Stands between digits and letters that are spelled.
    SPELLING_SEPARATOR(true),
    /// Is counted by digits that look like a date: "invoice 12-03-2024".
    NUMBERED(true),
    /// A noun behind which a number says which one.
    LABEL(false),
    /// Between such a noun and its number.
    AFTER_LABEL(true),

    // --- parts of one

    HALF_NOUN(true),
    QUARTERS(true),
    /// The article of a part, which need not be in its translation.
    PART_ARTICLE(true),
    /// Before a half that is none: "better half", "por medio".
    BEFORE_NO_HALF(false),
    /// Behind a half that is none: "half brother".
    AFTER_NO_HALF(false),
    /// What is no noun, and so is not halved, behind "medio".
    NOT_HALVED(false),

    // --- which one

    /// Behind digits, makes an ordinal of them.
    ORDINAL_SUFFIX(true),
    /// Behind digits, makes a day of a month of them.
    DAY_SUFFIX(true),
    /// Before "first" and "second", makes them surely ordinals.
    BEFORE_SURE_ORDINAL(false),
    /// An ordinal that is surely one where something follows.
    SURE_ORDINAL(true),
    /// A noun before which "cuarto" is the fourth, and no quarter and no room.
    RANKED(false),

    // --- units and money

    /// Between a number and its unit: "five business days".
    BEFORE_UNIT(true),
    /// Makes another unit of the one beside it.
    SQUARE(true),
    TEMPERATURE_SCALE(true),
    /// A unit of weight, and of money with "sterling".
    POUNDS(true),
    /// Between an amount and its cents.
    BEFORE_CENTS(true),

    // --- times

    NOON(true),
    MIDNIGHT(true),
    /// The article of an hour.
    HOUR_ARTICLE(true),
    /// Makes a time of day of the numbers beside it.
    CLOCK(true),
    /// Between minutes and the hour that they are before.
    MINUTES_BEFORE(false),

    // --- days

    /// Joins a day, a month and a year.
    DATE_JOINT(true),
    /// A month that is a word as well.
    MONTH_OR_WORD(true),
    /// Monday and Friday stand for the working week between them.
    FIRST_WORKING_DAY(true),
    LAST_WORKING_DAY(true),
    /// Before an ordinal that may be a day.
    BEFORE_ORDINAL_DAY(true),
    /// Behind an ordinal that may be a day, because it is nothing that it could be one of.
    AFTER_ORDINAL_DAY(true),
    /// Before a number that may be a day.
    BEFORE_DAY(true),
    /// The last day of the month behind it.
    LAST(true),
    DAY(true),
    /// Before a year of two digits.
    BEFORE_SHORT_YEAR(true),
    /// Before a year of four digits, which voices read well.
    BEFORE_YEAR(true),

    // --- two numbers

    /// Between two numbers that share what stands behind the second.
    RANGE(true),
    /// The article of the second of two hours, and of two days.
    RANGE_HOUR_ARTICLE(true),
    RANGE_DAY_ARTICLE(true),
    /// Before the number of them all, of which another number are some: "3 of 10".
    BEFORE_WHOLE(true),
    /// Before a number that is said again.
    BEFORE_REPETITION(true),

    // --- what is voiced

    /// Holds sentences together, in one language only.
    TELLING(false),
    /// As [#TELLING], and stands in names too, so that it proves nothing alone.
    TELLING_IN_NAMES(false),
    /// Turns what a sentence says around, without accents.
    TURNING(true),
    /// Leans on the next word: no comma belongs behind it.
    LEANING(true),
    /// Is no name behind "my name is".
    NO_NAME(true),
    /// Stands before a time or day in digits, and is read well without it.
    READ_APART(true);

    private final boolean mixed;

    Role(boolean mixed) {
        this.mixed = mixed;
    }

    boolean mixed() {
        return mixed;
    }
}
