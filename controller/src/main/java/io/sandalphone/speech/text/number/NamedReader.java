package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Part;
import io.sandalphone.speech.text.value.Value.Cardinal;
import io.sandalphone.speech.text.value.Value.Day;
import io.sandalphone.speech.text.value.Value.Weekday;

import java.math.BigDecimal;
import java.util.Optional;

/// Reads words that are values by themselves, and single things: `Monday`, `both`, `an hour and a half`,
/// `a dollar`, `hoy en ocho`.
final class NamedReader extends DraftReader {
    private final AmountReader amounts;
    private final DozenReader dozens;

    NamedReader(Draft draft, AmountReader amounts, DozenReader dozens) {
        super(draft);
        this.amounts = amounts;
        this.dozens = dozens;
    }

    void read(int i) {
        String word = word(i);
        Integer weekday = measures.weekdays().get(singularDay(word));
        if (weekday != null) {
            add(i, i + 1, new Weekday(weekday));
        }
        Integer month = measures.months().get(word);
        if (month != null) {
            add(i, i + 1, new Day(0, month, 0));
        }
        if (is(i, Role.PAIR)) {
            add(i, i + 1, new Cardinal(BigDecimal.TWO));
            int unit = word(i + 1).equals("of") || word(i + 1).equals("de") ? i + 2 : i + 1;
            String of = unitOf(unit);
            if (of != null) {
                add(i, unit + 1, new Cardinal(BigDecimal.TWO, of, false));
            }
        }
        if (is(i, Role.NONE)) {
            add(i, i + 1, new Cardinal(BigDecimal.ZERO));
        }
        // "a dollar", "an hour and a half", "hora y media"
        boolean article = is(i, Role.SINGLE) && (numbers[i] == null || numbers[i].article());
        int noun = article ? i + 1 : i;
        String unit = unitOf(noun);
        if (unit != null && (article || spanish) && (article || (!endsNumber(i) && !inside(i)))) {
            Optional<Part> and = grammar.andPart(noun + 1);
            if (and.isPresent()) {
                add(
                        i,
                        and.get().end(),
                        new Cardinal(BigDecimal.ONE.add(and.get().value()), unit, false));
                strong[i] |= false;
            } else if (article) {
                add(i, noun + 1, new Cardinal(BigDecimal.ONE, unit, false));
            }
        }
        if (article && measures.currencies().get(word(noun)) != null) {
            amounts.money(i, i + 1, BigDecimal.ONE, false);
        }
        if (article && word(noun).matches("dozen|docena|decena")) {
            strong[noun] = true;
            dozens.read(BigDecimal.ONE, i, noun, false);
        }
        if (article && english && isWord(noun)) {
            Optional<Part> and = grammar.andPart(noun + 1);
            if (and.isPresent()) {
                add(i, and.get().end(), new Cardinal(BigDecimal.ONE.add(and.get().value())));
            }
        }
        if (spanish
                && (word.equals("docena") || word.equals("decena"))
                && grammar.andPart(i + 1).isPresent()
                && !word(i - 1).matches("una?")
                && !endsNumber(i)) {
            strong[i] = true;
            dozens.read(BigDecimal.ONE, i, i, false);
        }
        if (spanish
                && word.equals("hoy")
                && word(i + 1).equals("en")
                && word(i + 2).matches("ocho|quince")) {
            add(
                    i,
                    i + 3,
                    new Cardinal(
                            BigDecimal.valueOf(word(i + 2).equals("ocho") ? 8 : 15), "day", false));
        }
    }
}
