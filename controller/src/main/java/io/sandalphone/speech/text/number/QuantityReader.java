package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Numeral;
import io.sandalphone.speech.text.number.NumberGrammar.Part;
import io.sandalphone.speech.text.value.Value;
import io.sandalphone.speech.text.value.Value.Cardinal;
import io.sandalphone.speech.text.value.Value.Day;
import io.sandalphone.speech.text.value.Value.Digits;
import io.sandalphone.speech.text.value.Value.Percent;

import java.math.BigDecimal;
import java.util.Optional;

/// Reads how many of what there are, and hands amounts of money on: `-5`, `two and a half hours`,
/// `piso 3`, `20 por ciento`.
final class QuantityReader extends DraftReader {
    private final AmountReader amounts;
    private final DozenReader dozens;

    QuantityReader(Draft draft, AmountReader amounts, DozenReader dozens) {
        super(draft);
        this.amounts = amounts;
        this.dozens = dozens;
    }

    void read(int i) {
        Numeral number = numbers[i];
        if (number == null) {
            if (number(i)) {
                // 192.168.1.1
                add(i, i + 1, new Digits(word(i)));
            }
            return;
        }
        int start = i;
        BigDecimal value = number.value();
        int end = number.end();
        boolean clock = spanish && is(i - 1, Role.HOUR_ARTICLE);
        Optional<Part> and = grammar.andPart(end);
        if (and.isPresent() && !clock) {
            value = value.add(and.get().value());
            end = and.get().end();
        }
        // -5, minus five, five below zero
        boolean negative = false;
        if (sign(i - 1)) {
            negative = true;
            start = i - 1;
        }
        int below = below(end);
        if (below > 0) {
            negative = true;
            end = below;
        }
        end = dozens.read(value, start, end, negative);
        int unitAt = unitAt(end);
        String unit = unitAt < 0 ? null : unitOf(unitAt);
        if (unit != null && end <= unitAt) {
            end = unitAt + 1;
            Optional<Part> more = grammar.andPart(end);
            if (more.isPresent() && and.isEmpty()) {
                value = value.add(more.get().value());
                end = more.get().end();
            }
            below = below(end);
            if (below > 0) {
                negative = true;
                end = below;
            }
            Numeral next = end < numbers.length ? numbers[end] : null;
            if (next != null && (unit.equals("kg") || unit.equals("m")) && !number.written()) {
                int most = unit.equals("kg") ? 1000 : 100;
                if ((next.value().intValue() < most
                                && next.value().intValue() >= 10
                                && unitAt(next.end()) < 0)
                        || (unit.equals("kg") && word(next.end()).startsWith("gram"))) {
                    bind(
                            start,
                            next.end() + (word(next.end()).startsWith("gram") ? 1 : 0),
                            new Cardinal(
                                    value.add(Value.divided(next.value(), most)), unit, false));
                }
            }
            if (is(end, Role.TEMPERATURE_SCALE) || (word(end).matches("[cf]") && glued(end))) {
                end++;
            }
            bind(start, end, new Cardinal(signed(value, negative), unit, false));
            return;
        }
        if (percentEnd(end) > 0) {
            add(start, percentEnd(end), new Percent(signed(value, negative)));
            return;
        }
        if (amounts.money(start, end, value, negative)) {
            return;
        }
        // "una taza y media"
        if (and.isEmpty()
                && word(end) != null
                && isWord(end)
                && !clock
                && measures.months().get(word(end)) == null) {
            Optional<Part> more = grammar.andPart(end + 1);
            if (more.isPresent() && (spanish || word(end + 2).equals("a"))) {
                add(start, more.get().end(), new Cardinal(value.add(more.get().value())));
                return;
            }
        }
        boolean label = label(i);
        if (number.article() && and.isEmpty() && !label && number.end() == end) {
            add(start, end, new Cardinal(signed(value, negative), "", false));
            return;
        }
        add(start, end, new Cardinal(signed(value, negative), "", label));
        if (clock && and.isPresent()) {
            return;
        }
        year(start, end, value);
    }

    private void year(int start, int end, BigDecimal value) {
        if (value.scale() > 0
                || value.signum() <= 0
                || value.compareTo(BigDecimal.valueOf(2199)) > 0) {
            return;
        }
        int year = value.intValue();
        if (year >= 1100) {
            add(start, end, new Day(year, 0, 0));
        }
        boolean shortened =
                word(start - 1).matches("['’]")
                        || (year > 31 && is(start - 1, Role.BEFORE_SHORT_YEAR));
        if (year >= 10 && year < 100 && shortened) {
            add(start, end, new Day(year, 0, 0));
        }
        if (year <= 31 && is(start - 1, Role.BEFORE_DAY)) {
            add(start, end, new Day(0, 0, year));
        }
        if (year <= 31 && measures.weekdays().containsKey(singularDay(word(start - 1)))) {
            add(start, end, new Day(0, 0, year));
        }
    }

    private boolean label(int i) {
        return is(i - 1, Role.LABEL)
                || (is(i - 2, Role.LABEL)
                        && (word(i - 1).equals(".") || is(i - 1, Role.AFTER_LABEL)));
    }

    static BigDecimal signed(BigDecimal value, boolean negative) {
        return negative ? value.negate() : value;
    }

    private boolean sign(int at) {
        String word = word(at);
        if (word.equals("-") || word.equals("−")) {
            boolean range = at > 0 && tokens.get(at).glued() && !word(at - 1).equals("$");
            return glued(at + 1) && !range;
        }
        boolean minus = is(at, Role.MINUS);
        boolean less = is(at - 1, Role.BEFORE_LESS);
        boolean subtracted = at > 0 && endsNumber(at);
        return minus && !less && !subtracted;
    }

    /// Behind "below zero", "bajo cero", "below".
    private int below(int end) {
        if (word(end).equals("below") || word(end).equals("bajo")) {
            boolean zero = word(end + 1).equals("zero") || word(end + 1).equals("cero");
            return zero ? end + 2 : word(end).equals("below") ? end + 1 : -1;
        }
        return -1;
    }
}
