package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Numeral;
import io.sandalphone.speech.text.value.Currencies;
import io.sandalphone.speech.text.value.Value;
import io.sandalphone.speech.text.value.Value.Amount;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.Set;

/// Reads money: `$5`, `two dollars fifty`, `doce pesos con cincuenta centavos`, `fifty cents`.
final class AmountReader extends DraftReader {
    private static final Set<String> SIGNS = Set.of("$", "€", "£");

    /// Before a sign: `US$5`.
    private static final Set<String> COUNTRIES = Set.of("us", "mx");

    AmountReader(Draft draft) {
        super(draft);
    }

    boolean money(int start, int end, BigDecimal value, boolean negative) {
        String before = currencyBefore(start);
        int from = before == null ? start : currencyStart(start);
        int at = word(end).equals("-") || word(end).equals("de") ? end + 1 : end;
        String behind = measures.currencies().get(word(at));
        if (behind == null && is(at, Role.POUNDS) && word(at + 1).startsWith("sterl")) {
            behind = "GBP";
        }
        if (behind == null && "us".equals(word(at)) && word(at + 1).startsWith("dollar")) {
            at++;
            behind = "USD";
        }
        if (before == null && behind == null) {
            return SIGNS.contains(word(end)) && moneyBehind(start, end, value, negative);
        }
        String currency = behind == null ? before : behind;
        BigDecimal amount = value;
        int to = end;
        if (behind != null) {
            to = at + 1;
            if (behind.equals(Value.CENT)) {
                amount = Value.divided(value, 100);
            } else {
                int cents = is(to, Role.BEFORE_CENTS) ? to + 1 : to;
                Numeral more = cents < numbers.length ? numbers[cents] : null;
                if (more != null
                        && more.value().compareTo(BigDecimal.valueOf(100)) < 0
                        && more.value().scale() <= 0) {
                    boolean named = Value.CENT.equals(measures.currencies().get(word(more.end())));
                    boolean plain =
                            (cents == to || word(to).equals("con"))
                                    && unitAt(more.end()) < 0
                                    && measures.currencies().get(word(more.end())) == null;
                    if (named || (plain && more.value().intValue() >= 5 && !more.written())) {
                        amount = value.add(Value.divided(more.value(), 100));
                        to = more.end() + (named ? 1 : 0);
                    }
                }
            }
        }
        boolean debt =
                spanish && word(start - 2).equals("negativo") && word(start - 1).equals("de");
        bind(
                from,
                to,
                new Amount(
                        QuantityReader.signed(
                                amount,
                                negative || debt || (word(from - 1).equals("-") && glued(from))),
                        currency == null ? "" : currency));
        return true;
    }

    private boolean moneyBehind(int start, int end, BigDecimal value, boolean negative) {
        add(
                start,
                end + 1,
                new Amount(QuantityReader.signed(value, negative), sign(word(end), "")));
        return true;
    }

    private @Nullable String currencyBefore(int start) {
        String mark = word(start - 1);
        return SIGNS.contains(mark) ? sign(mark, glued(start - 1) ? word(start - 2) : "") : null;
    }

    private int currencyStart(int start) {
        return glued(start - 1) && COUNTRIES.contains(word(start - 2)) ? start - 2 : start - 1;
    }

    private String sign(String mark, String country) {
        if (mark.equals("€")) {
            return "EUR";
        }
        if (mark.equals("£")) {
            return "GBP";
        }
        boolean dollars =
                country.equals("us")
                        || (!country.equals("mx") && Currencies.dollars(draft.language));
        return dollars ? "USD" : Value.PESO;
    }
}
