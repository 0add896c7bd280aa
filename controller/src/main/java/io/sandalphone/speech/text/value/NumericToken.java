package io.sandalphone.speech.text.value;

import io.sandalphone.speech.Language;

import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A number or a time of day in digits, known by its value: `1,250.50` and `1.250,50` are the same
/// figure, `05` and `5` are not.
///
/// @param value the number with a point and nothing between thousands, `1250.50`; or the digits
///     themselves where they are no number: `10:30`, `192.168.1.1`
public record NumericToken(String value) {
    /// Digits, and what may stand between them.
    public static final String DIGITS = "\\d++(?:[.,:]\\d++)*+";

    private static final Pattern NUMBER = Pattern.compile("\\d++(?:\\.\\d++)?+");
    private static final Pattern ONE_MARK_THREE_DIGITS = Pattern.compile("[1-9]\\d{0,2}[.,]\\d{3}");
    private static final Pattern GROUPED =
            Pattern.compile(
                    "[1-9]\\d{0,2}(?:(?:,\\d{3})++(?:\\.\\d++)?+|(?:\\.\\d{3})++(?:,\\d++)?+)");
    private static final Pattern FRACTION = Pattern.compile("\\d++[.,]\\d++");

    /// What `digits` stand for where `language` is spoken.
    ///
    /// One mark before exactly three digits may part thousands or a fraction. In Spanish it parts
    /// thousands: which of the two marks does so depends on the country, of which recognizers know
    /// nothing.
    public static NumericToken of(String digits, Language language) {
        return of(digits, language, Marks.OF_THE_LANGUAGE);
    }

    /// What one mark before exactly three digits does.
    public enum Marks {
        OF_THE_LANGUAGE,
        FRACTION,
        THOUSANDS
    }

    /// As a text whose marks are `marks` has it.
    public static NumericToken of(String digits, Language language, Marks marks) {
        boolean fraction =
                ONE_MARK_THREE_DIGITS.matcher(digits).matches()
                        && switch (marks) {
                            case FRACTION -> true;
                            case THOUSANDS -> false;
                            case OF_THE_LANGUAGE ->
                                    !language.base().equals("es")
                                            && digits.indexOf(decimalMark(language)) >= 0;
                        };
        return fraction ? fraction(digits) : thousands(digits);
    }

    private static NumericToken fraction(String digits) {
        return new NumericToken(digits.replace(',', '.'));
    }

    private static NumericToken thousands(String digits) {
        if (!GROUPED.matcher(digits).matches()) {
            return FRACTION.matcher(digits).matches() ? fraction(digits) : new NumericToken(digits);
        }
        int last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'));
        char mark = digits.charAt(last);
        boolean onlyGroups = digits.indexOf(mark == '.' ? ',' : '.') < 0;
        String whole = onlyGroups ? digits : digits.substring(0, last);
        String fraction = onlyGroups ? "" : "." + digits.substring(last + 1);
        return new NumericToken(whole.replaceAll("[.,]", "") + fraction);
    }

    /// The number it is; empty for digits that are none.
    public Optional<BigDecimal> number() {
        return NUMBER.matcher(value).matches()
                ? Optional.of(new BigDecimal(value))
                : Optional.empty();
    }

    /// As a voice of `language` reads it right: with nothing between thousands, because the mark that
    /// parts them in one country begins the fraction in the next.
    public String written(Language language) {
        return NUMBER.matcher(value).matches() ? value.replace('.', decimalMark(language)) : value;
    }

    private static char decimalMark(Language language) {
        return DecimalFormatSymbols.getInstance(Locale.forLanguageTag(language.tag()))
                .getDecimalSeparator();
    }
}
