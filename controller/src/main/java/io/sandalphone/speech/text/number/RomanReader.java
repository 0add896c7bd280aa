package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.value.Roman;
import io.sandalphone.speech.text.value.Value.Cardinal;

import java.math.BigDecimal;

/// Reads Roman numerals: `chapter IV`, `siglo XXI`, `Carlos V`.
final class RomanReader extends DraftReader {
    RomanReader(Draft draft) {
        super(draft);
    }

    void read(int i) {
        String roman = tokens.get(i).text();
        if (!roman.matches("[IVXLC]{1,6}")) {
            return;
        }
        int value = Roman.value(roman);
        boolean labelled =
                is(i - 1, Role.LABEL)
                        || word(i + 1).equals("century")
                        || word(i - 1).equals("century");
        boolean name =
                roman.length() > 1
                        && roman.matches("[IVX]+")
                        && i > 0
                        && tokens.get(i - 1).capitalized()
                        && tokens.get(i - 1).text().length() > 1;
        if (value > 0 && (labelled || name || (roman.length() > 1 && roman.matches("[IVX]+")))) {
            add(i, i + 1, new Cardinal(BigDecimal.valueOf(value), "", true));
            strong[i] = labelled || name;
        }
    }
}
