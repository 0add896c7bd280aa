package io.sandalphone.speech.text.value;

import io.sandalphone.speech.Language;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;

/// A date in digits, which means another day in another country: `03/04/2026` is the fourth of March
/// to a speaker of American English and the third of April to one of Spanish. It arrives whole when
/// the listener hears the day that was meant, so it is read the speaker's way and written with the
/// month's name.
public final class WrittenDate {
    private static final int MONTHS = 12;
    private static final int CENTURY = 2000;
    private static final int YEAR_DIGITS = 4;

    private WrittenDate() {}

    /// The date of three numbers in the order in which a speaker of `language` wrote them; empty when
    /// there is no such day. An order that cannot be meant (`25/12/2026` in American English) gives
    /// way to the one that can.
    public static Optional<LocalDate> of(
            String first, String second, String third, Language language) {
        if (first.length() == YEAR_DIGITS) {
            return date(first, second, third);
        }
        boolean monthFirst = monthFirst(language);
        if (Integer.parseInt(first) > MONTHS) {
            monthFirst = false;
        } else if (Integer.parseInt(second) > MONTHS) {
            monthFirst = true;
        }
        return monthFirst ? date(third, first, second) : date(third, second, first);
    }

    private static Optional<LocalDate> date(String year, String month, String day) {
        try {
            int number = Integer.parseInt(year);
            return Optional.of(
                    LocalDate.of(
                            year.length() == YEAR_DIGITS ? number : CENTURY + number,
                            Integer.parseInt(month),
                            Integer.parseInt(day)));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static boolean monthFirst(Language language) {
        String pattern =
                DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                        FormatStyle.SHORT, null, IsoChronology.INSTANCE, locale(language));
        return pattern.indexOf('M') < pattern.indexOf('d');
    }

    /// `4 de marzo de 2026`, `March 4, 2026`.
    public static String written(LocalDate date, Language language) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale(language))
                .format(date);
    }

    private static Locale locale(Language language) {
        return Locale.forLanguageTag(language.tag());
    }
}
