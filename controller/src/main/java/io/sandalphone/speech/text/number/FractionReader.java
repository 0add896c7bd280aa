package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Numeral;
import io.sandalphone.speech.text.number.NumberGrammar.Part;
import io.sandalphone.speech.text.value.Value.Cardinal;
import io.sandalphone.speech.text.value.Value.Fraction;
import io.sandalphone.speech.text.value.Value.Percent;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Reads parts of one thing: `half`, `two thirds`, `tres cuartos de hora`, `3/4`.
final class FractionReader extends DraftReader {
    /// Between a part and the unit of which it is one, in this order.
    private static final List<String> BEFORE_UNIT =
            List.of("of", "de", "a", "an", "un", "una", "-");

    FractionReader(Draft draft) {
        super(draft);
    }

    void read(int i) {
        Optional<Part> part =
                numbers[i] == null
                                || grammar.part(i)
                                        .map(p -> p.end() > numbers[i].end())
                                        .orElse(false)
                        ? grammar.part(i)
                        : Optional.empty();
        String word = word(i);
        if (part.isPresent() && !inside(i)) {
            Part found = part.get();
            boolean idiom = idiom(i, found.end());
            boolean room =
                    found.end() == i + 1 && (word.equals("cuarto") || word.equals("quarter"));
            if (room) {
                return;
            }
            int end = found.end();
            int unitAt = end;
            for (String filler : BEFORE_UNIT) {
                unitAt = word(unitAt).equals(filler) ? unitAt + 1 : unitAt;
            }
            String unit = unitOf(unitAt);
            int pct =
                    percentEnd(
                            word(end).equals("a")
                                    ? end + 1
                                    : word(end).equals("of") ? end + 2 : end);
            Fraction fraction = fraction(found.value(), unit == null ? "" : unit);
            if (pct > 0) {
                add(i, pct, new Percent(found.value()));
            } else if (grammar.word(end).equals("docena") || word(unitAt).equals("dozen")) {
                add(
                        i,
                        (word(end).equals("docena") ? end : unitAt) + 1,
                        new Cardinal(BigDecimal.valueOf(6)));
            } else {
                if (unit == null) {
                    add(i, end, fraction);
                } else {
                    bind(i, unitAt + 1, fraction);
                }
                if ((english && word(end).equals("off"))
                        || (spanish && word(end).equals("de") && word(end + 1).equals("precio"))) {
                    add(i, end + 1, new Percent(BigDecimal.valueOf(50)));
                }
            }
            for (int k = i; k < end; k++) {
                strong[k] |=
                        !idiom
                                && (isWord(k)
                                        || (tokens.get(k).kind() == Token.Kind.MARK
                                                && "½¼¾".contains(word(k))))
                                && !is(k, Role.PART_ARTICLE);
            }
            return;
        }
        if (is(i, Role.HALF_NOUN)) {
            add(i, i + 1, new Fraction(1, 2, ""));
            strong[i] = true;
        }
        // two thirds, a fifth, dos tercios, una tercera parte, dos quintas partes
        Numeral over = numbers[i];
        int numerator =
                over != null
                                && over.value().scale() <= 0
                                && over.value().compareTo(BigDecimal.valueOf(64)) < 0
                        ? over.value().intValue()
                        : word.equals("a") ? 1 : 0;
        if (numerator > 0) {
            int at = over == null ? i + 1 : over.end();
            at = word(at).equals("-") ? at + 1 : at;
            int under = denominator(at);
            if (under > numerator && under > 2) {
                int end = at + 1 + (word(at + 1).startsWith("parte") ? 1 : 0);
                int unitAt =
                        word(end).equals("of") && word(end + 1).equals("a")
                                ? end + 2
                                : word(end).equals("de") || word(end).equals("-") ? end + 1 : end;
                String unit = unitOf(unitAt);
                bind(
                        i,
                        unit == null ? end : unitAt + 1,
                        new Fraction(numerator, under, unit == null ? "" : unit));
                strong[at] = true;
            }
        } else if (spanish && word(i + 1).equals("parte") && denominator(i) > 2) {
            add(i, i + 2, new Fraction(1, denominator(i), ""));
        }
        if (number(i)
                && word(i + 1).equals("/")
                && number(i + 2)
                && glued(i + 1)
                && !word(i + 3).equals("/")) {
            String[] both = {tokens.get(i).text(), tokens.get(i + 2).text()};
            if (both[0].length() < 4
                    && both[1].length() < 4
                    && both[0].chars().allMatch(Character::isDigit)
                    && both[1].chars().allMatch(Character::isDigit)
                    && Integer.parseInt(both[1]) > 0) {
                add(
                        i,
                        i + 3,
                        new Fraction(Integer.parseInt(both[0]), Integer.parseInt(both[1]), ""));
            }
        }
    }

    private boolean idiom(int i, int end) {
        String word = word(i);
        if (spanish && (word.equals("medio") || word.equals("media"))) {
            boolean noun = isWord(end) && !is(end, Role.NOT_HALVED);
            return is(i - 1, Role.BEFORE_NO_HALF) || !noun;
        }
        return english
                && word.equals("half")
                && (is(end, Role.AFTER_NO_HALF) || is(i - 1, Role.BEFORE_NO_HALF));
    }

    private int denominator(int at) {
        String word = word(at);
        if (english && (word.equals("thirds") || word.equals("third"))) {
            return 3;
        }
        if (word.equals("tercio") || word.equals("tercios")) {
            return 3;
        }
        if (english && (word.equals("quarters") || word.equals("fourths"))) {
            return 4;
        }
        String singular = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        boolean plural = !singular.equals(word);
        if (spanish && singular.endsWith("avo") && singular.length() > 5) {
            int value = words.cardinal(singular.substring(0, singular.length() - 3));
            value =
                    value > 0
                            ? value
                            : words.cardinal(singular.substring(0, singular.length() - 3) + "é");
            if (value > 0) {
                return value;
            }
            return singular.startsWith("dieciseis") ? 16 : words.ordinal(singular);
        }
        int ordinal = words.ordinal(singular);
        boolean part = word(at + 1).startsWith("parte");
        boolean one =
                english
                        ? plural || word(at - 1).matches("a|one")
                        : part || (singular.endsWith("o") && !singular.equals("segundo"));
        boolean next = english && !plural && isWord(at + 1) && !word(at + 1).equals("of");
        return ordinal > 2 && one && !next ? ordinal : 0;
    }

    private static Fraction fraction(BigDecimal value, String unit) {
        if (value.compareTo(new BigDecimal("0.5")) == 0) {
            return new Fraction(1, 2, unit);
        }
        if (value.compareTo(new BigDecimal("0.25")) == 0) {
            return new Fraction(1, 4, unit);
        }
        if (value.compareTo(new BigDecimal("0.75")) == 0) {
            return new Fraction(3, 4, unit);
        }
        return new Fraction(value.movePointRight(9).longValue(), 1_000_000_000L, unit);
    }
}
