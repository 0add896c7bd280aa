package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Numeral;
import io.sandalphone.speech.text.value.Value.Day;
import io.sandalphone.speech.text.value.Value.Ordinal;

/// Reads which one in an order: `third`, `vigésimo primero`, `3º`; and the days of a month that are so
/// said.
final class OrdinalReader extends DraftReader {
    OrdinalReader(Draft draft) {
        super(draft);
    }

    void read(int i) {
        Token token = tokens.get(i);
        if (token.isNumber()
                && token.text().chars().allMatch(Character::isDigit)
                && token.text().length() < 5) {
            int next = word(i + 1).equals(".") && glued(i + 1) ? i + 2 : i + 1;
            boolean suffix =
                    glued(next) && (word(next).matches("[ºª°]") || is(next, Role.ORDINAL_SUFFIX));
            if (suffix && !(word(next).equals("°") && english)) {
                add(i, next + 1, new Ordinal(Long.parseLong(token.text())));
                if (dayContext(i, next + 1)) {
                    add(i, next + 1, new Day(0, 0, Integer.parseInt(token.text())));
                }
            }
            return;
        }
        int end = i;
        long value = 0;
        if (english) {
            Numeral tens = numbers[i];
            if (tens != null && tens.value().scale() <= 0 && !tens.written()) {
                int at =
                        word(tens.end()).equals("-")
                                ? tens.end() + 1
                                : word(tens.end()).equals("and") ? tens.end() + 1 : tens.end();
                int unit = words.ordinal(word(at));
                if (unit > 0
                        && unit < 10
                        && tens.value().intValue() % 10 == 0
                        && tens.value().intValue() >= 20) {
                    value = tens.value().longValue() + unit;
                    end = at + 1;
                    strong[at] = true;
                }
            }
        }
        if (value == 0 && words.ordinal(token.word()) > 0) {
            value = words.ordinal(token.word());
            end = i + 1;
            int more = words.ordinal(word(end));
            if (value >= 10 && value % 10 == 0 && more > 0 && more < 10) {
                value += more;
                end++;
            }
            boolean fourth = token.word().startsWith("cuart") && spanish;
            if (fourth) {
                boolean place = is(end, Role.RANKED);
                strong[i] |= place;
                if (!place && !word(i - 1).equals("el") && !word(i - 1).equals("de")) {
                    value = 0;
                }
            }
        }
        if (value > 0) {
            add(i, end, new Ordinal(value));
            if (value <= 31 && dayContext(i, end)) {
                add(i, end, new Day(0, 0, (int) value));
            }
        }
    }

    /// Whether an ordinal may be a day: nothing behind it that it could be one of.
    private boolean dayContext(int start, int end) {
        boolean article =
                word(start - 1).equals(",")
                        || is(start - 1, Role.BEFORE_ORDINAL_DAY)
                        || measures.weekdays().containsKey(singularDay(word(start - 1)));
        boolean alone = !isWord(end) || is(end, Role.AFTER_ORDINAL_DAY);
        return article && alone;
    }
}
