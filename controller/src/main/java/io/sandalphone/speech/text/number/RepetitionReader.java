package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Numeral;

/// Finds what is said twice.
final class RepetitionReader extends DraftReader {
    RepetitionReader(Draft draft) {
        super(draft);
    }

    /// "Five, five thirty": what is said again need not be said twice.
    void read() {
        for (int i = 0; i < tokens.size(); i++) {
            Numeral number = numbers[i];
            if (number == null || !word(number.end()).equals(",")) {
                continue;
            }
            int again = number.end() + 1;
            while (again < tokens.size() && is(again, Role.BEFORE_REPETITION)) {
                again++;
            }
            boolean same = again < numbers.length && numbers[again] != null;
            for (int k = i; same && k < number.end(); k++) {
                same = word(k).equals(word(again + k - i));
            }
            boolean list = same && word(numbers[again].end()).equals(",");
            if (same && !list) {
                for (int k = i; k < number.end(); k++) {
                    strong[k] = false;
                }
            }
        }
    }
}
