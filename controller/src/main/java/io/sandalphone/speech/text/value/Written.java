package io.sandalphone.speech.text.value;

import io.sandalphone.speech.Language;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Writes values as a voice of a language reads them right, wherever they stand in a sentence.
public final class Written {
    private Written() {}

    /// Empty for what depends on the words around it.
    public static Optional<String> of(Value value, Language language) {
        return switch (value) {
            case Value.Cardinal cardinal when cardinal.unit().isEmpty() && !cardinal.label() ->
                    Optional.of(number(cardinal.number(), language));
            case Value.Amount amount -> Optional.of(Currencies.written(amount, language));
            case Value.Percent percent -> Optional.of(number(percent.number(), language) + "%");
            case Value.Day day when day.month() > 0 && day.day() > 0 -> day(day, language);
            case Value.Cardinal _,
                    Value.Ordinal _,
                    Value.Fraction _,
                    Value.Time _,
                    Value.Day _,
                    Value.Weekday _,
                    Value.Digits _,
                    Value.Code _ ->
                    Optional.empty();
        };
    }

    private static String number(BigDecimal number, Language language) {
        BigDecimal exact = number.stripTrailingZeros();
        String plain = (exact.scale() < 0 ? exact.setScale(0) : exact).abs().toPlainString();
        return (exact.signum() < 0 ? "-" : "") + new NumericToken(plain).written(language);
    }

    private static Optional<String> day(Value.Day day, Language language) {
        try {
            if (day.year() > 0) {
                return Optional.of(
                        WrittenDate.written(
                                LocalDate.of(day.year(), day.month(), day.day()), language));
            }
            String order =
                    language.base().equals("es")
                            ? "d 'de' MMMM"
                            : language.base().equals("en") ? "MMMM d" : "d MMMM";
            return Optional.of(
                    DateTimeFormatter.ofPattern(order, Locale.forLanguageTag(language.tag()))
                            .format(MonthDay.of(day.month(), day.day())));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
