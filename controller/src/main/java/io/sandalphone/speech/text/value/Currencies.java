package io.sandalphone.speech.text.value;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.lexicon.Lexicon;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/// What a bare currency sign means where a language is spoken.
public final class Currencies {
    private Currencies() {}

    /// Whether `$` is a dollar there. A bare `es` is read as Mexico, a bare `en` as the United States.
    public static boolean dollars(Language language) {
        return local(language).getCurrencyCode().endsWith("USD") || language.base().equals("en");
    }

    /// An amount as a voice of `language` reads it right: the number, then its currency by name.
    public static String written(Value.Amount amount, Language language) {
        BigDecimal number = amount.number();
        BigDecimal exact =
                number.stripTrailingZeros().scale() <= 0
                        ? number.setScale(0, RoundingMode.UNNECESSARY)
                        : number.setScale(
                                Math.max(2, number.stripTrailingZeros().scale()),
                                RoundingMode.UNNECESSARY);
        String digits = new NumericToken(exact.abs().toPlainString()).written(language);
        String sign = exact.signum() < 0 ? "-" : "";
        List<String> words = Lexicon.of(language).forms(amount.currency());
        boolean one = exact.abs().compareTo(BigDecimal.ONE) == 0;
        return sign + digits + " " + (words.isEmpty() ? amount.currency() : words.get(one ? 0 : 1));
    }

    private static Currency local(Language language) {
        return Currency.getInstance(Locale.of(language.base(), region(language)));
    }

    /// The country whose ways are taken for a speaker's.
    public static String region(Language language) {
        String country = Locale.forLanguageTag(language.tag()).getCountry();
        String assumed = language.base().equals("es") ? "MX" : "US";
        return country.length() == 2 ? country : assumed;
    }
}
