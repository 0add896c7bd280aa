package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Numeral;

import java.util.Locale;

/// Finds the tokens that are surely numbers, or parts of one: what is said with them must be said in the
/// translation as well.
final class StrongTokens extends DraftReader {
    StrongTokens(Draft draft) {
        super(draft);
    }

    void mark(int i) {
        Token token = tokens.get(i);
        String word = token.word();
        if (token.isNumber()) {
            boolean decade = word(i + 1).equals("s") && tokens.get(i + 1).glued();
            boolean years =
                    (word(i - 1).equals("los") && word.length() == 2 && word.endsWith("0"))
                            || (word.endsWith("0")
                                    && word.length() == 4
                                    && (word(i - 1).equals("de") && word(i - 2).equals("década")));
            strong[i] = !decade && !years;
            return;
        }
        boolean beside =
                (token.glued()
                                && (number(i - 1)
                                        || (word(i - 1).equals("-")
                                                && glued(i - 1)
                                                && number(i - 2))))
                        || (glued(i + 1)
                                && (number(i + 1)
                                        || (word(i + 1).equals("-")
                                                && glued(i + 2)
                                                && number(i + 2))));
        if (beside
                && token.isWord()
                && token.text().length() <= 2
                && token.text().equals(token.text().toUpperCase(Locale.ROOT))
                && unitOf(i) == null
                && !word.equals("x")
                && numbers[i] == null
                && !inside(i)
                && !word.equals("s")) {
            strong[i] = true;
        }
        Numeral number = numbers[i];
        if (number != null) {
            boolean thanks =
                    (word.equals("mil") && number.end() == i + 1 && is(i + 1, Role.THANKED))
                            || word(i - 1).equals("thanks");
            boolean oh = (word.equals("oh") || word.equals("o")) && number.end() == i + 1;
            boolean decade =
                    (spanish
                                    && word(i - 1).equals("los")
                                    && number.value().intValue() >= 20
                                    && number.value().intValue() < 100
                                    && number.value().intValue() % 10 == 0
                                    && number.end() == i + 1)
                            || (word(i - 1).equals("años")
                                    && spanish
                                    && number.value().intValue() % 10 == 0
                                    && word(i - 2).equals("los"));
            boolean counts = !number.article() && !thanks && !oh && !decade;
            for (int k = number.start(); k < number.end(); k++) {
                if (tokens.get(k).isWord() && !is(k, Role.NEVER_SURE)) {
                    strong[k] |= counts;
                }
            }
            return;
        }
        if (measures.weekdays().containsKey(singularDay(word))) {
            boolean week =
                    (is(i, Role.FIRST_WORKING_DAY) && is(i + 2, Role.LAST_WORKING_DAY))
                            || (is(i, Role.LAST_WORKING_DAY) && is(i - 2, Role.FIRST_WORKING_DAY));
            strong[i] = !week;
        }
        Integer month = measures.months().get(word);
        if (month != null) {
            strong[i] =
                    spanish
                            || !is(i, Role.MONTH_OR_WORD)
                            || (token.capitalized() && word.equals("march") && i > 0);
        }
        if (is(i, Role.NOON) || is(i, Role.MIDNIGHT)) {
            strong[i] = true;
        }
        int ordinal = words.ordinal(word);
        boolean counted =
                english
                        ? is(i - 1, Role.BEFORE_SURE_ORDINAL) && !unitThing(i + 1)
                        : is(i, Role.SURE_ORDINAL)
                                && !word(i - 1).equals("un")
                                && (isWord(i + 1) || word(i - 1).equals("el"));
        if ((ordinal > 2 || (ordinal > 0 && counted)) && !word.startsWith("cuart")) {
            strong[i] = true;
        }
    }

    private boolean unitThing(int at) {
        return word(at).equals("thing") || word(at).equals("i");
    }
}
