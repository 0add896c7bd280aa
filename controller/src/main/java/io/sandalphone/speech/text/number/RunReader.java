package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Numeral;
import io.sandalphone.speech.text.value.Value.Cardinal;
import io.sandalphone.speech.text.value.Value.Code;
import io.sandalphone.speech.text.value.Value.Day;
import io.sandalphone.speech.text.value.Value.Digits;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads digits and capitals in a row, which are said one by one or in groups: telephone numbers, codes,
/// `nineteen ninety-eight`.
final class RunReader extends DraftReader {
    private static final int MOST_IN_A_RUN = 16;
    private static final Set<String> SEPARATORS =
            Set.of(",", "-", "(", ")", ".", "*", "#", "+", "·");

    RunReader(Draft draft) {
        super(draft);
    }

    /// One piece of what is spelled.
    private record Piece(int start, int end, String characters, boolean letters) {}

    void read() {
        List<Piece> row = new ArrayList<>();
        int i = 0;
        while (i < tokens.size()) {
            Piece piece = piece(i);
            if (piece != null) {
                row.add(piece);
                i = piece.end;
            } else if (!row.isEmpty()
                    && (SEPARATORS.contains(word(i)) || is(i, Role.SPELLING_SEPARATOR))
                    && !(word(i).equals(".") && !glued(i + 1))) {
                i++;
            } else {
                run(row);
                row.clear();
                i++;
            }
        }
        run(row);
    }

    /// How many times what stands behind a word is said: "double five".
    private @Nullable Integer times(int at) {
        return is(at, Role.DOUBLE) ? (Integer) 2 : is(at, Role.TRIPLE) ? (Integer) 3 : null;
    }

    private @Nullable Piece piece(int i) {
        if (skipped[i]) {
            return null;
        }
        Integer times = times(i);

        Numeral number = numbers[times == null ? i : Math.min(i + 1, numbers.length - 1)];
        if (times != null
                && number != null
                && number.start() == i + 1
                && number.value().compareTo(BigDecimal.TEN) < 0) {
            return new Piece(i, number.end(), number.digits().repeat(times), false);
        }
        if (number != null && times == null && number.end() == i + 2 && word(i + 1).equals("k")) {
            var code = new Piece(i, i + 2, tokens.get(i).text() + "K", true);
            add(i, i + 2, new Code(code.characters));
            return code;
        }
        if (is(i, Role.NOT_SPELLED)) {
            return null;
        }
        if (times == null
                && number != null
                && number.value().signum() >= 0
                && number.digits().chars().allMatch(Character::isDigit)) {
            return new Piece(i, number.end(), number.digits(), false);
        }
        Token token = tokens.get(i);
        if (token.isNumber() && token.text().chars().allMatch(Character::isDigit)) {
            return new Piece(i, i + 1, token.text(), false);
        }
        boolean capitals =
                token.isWord()
                        && token.text().length() <= 4
                        && token.text().equals(token.text().toUpperCase(Locale.ROOT))
                        && (!token.text().equals("I") || (glued(i + 1) && word(i + 1).equals("-")))
                        && !token.text().equals("Y");
        boolean inside =
                token.isWord()
                        && token.text().length() <= 3
                        && token.glued()
                        && (number(i - 1) || (word(i - 1).equals("(") && number(i - 2)));
        return capitals || inside
                ? new Piece(i, i + 1, token.text().toUpperCase(Locale.ROOT), true)
                : null;
    }

    private void run(List<Piece> row) {
        int size = Math.min(row.size(), MOST_IN_A_RUN);
        spelled(row.subList(0, size));
        for (int from = 0; from < size; from++) {
            var characters = new StringBuilder();
            boolean letters = false;
            boolean digits = false;
            for (int to = from; to < size; to++) {
                Piece piece = row.get(to);
                characters.append(piece.characters);
                letters |= piece.letters;
                digits |= !piece.letters;
                boolean several = to > from;
                if (letters && digits) {
                    add(row.get(from).start, piece.end, new Code(characters.toString()));
                } else if (!letters
                        && (several
                                || (piece.characters.length() > 1
                                        && piece.characters.startsWith("0"))
                                || times(piece.start) != null)) {
                    add(row.get(from).start, piece.end, new Digits(characters.toString()));
                } else if (letters && several && characters.length() == to - from + 1) {
                    add(row.get(from).start, piece.end, new Code(characters.toString()));
                }
            }
            pair(row, from);
        }
    }

    /// Digits that are surely spelled, as they stand between letters.
    private void spelled(List<Piece> row) {
        int from = 0;
        while (from < row.size()) {
            int to = from;
            var digits = new StringBuilder();
            boolean zero = false;
            while (to < row.size() && !row.get(to).letters) {
                digits.append(row.get(to).characters);
                zero |= row.get(to).characters.startsWith("0") || times(row.get(to).start) != null;
                to++;
            }
            int pieces = to - from;
            if (pieces > 1
                    && digits.length() > 2
                    && (zero || (pieces > 2 && digits.length() > 4))) {
                bind(row.get(from).start, row.get(to - 1).end, new Digits(digits.toString()));
                for (int i = row.get(from).start; i < row.get(to - 1).end; i++) {
                    strong[i] |= isWord(i) && numbers[i] != null;
                }
            }
            from = Math.max(to, from + 1);
        }
    }

    /// `twelve fifty`, `nineteen ninety-eight`.
    private void pair(List<Piece> row, int from) {
        if (from + 1 >= row.size()) {
            return;
        }
        Piece first = row.get(from);
        Piece second = row.get(from + 1);
        boolean adjacent = second.start == first.end;
        if (!adjacent
                || unitAt(second.end) >= 0
                || first.letters
                || second.letters
                || first.characters.length() > 3
                || second.characters.length() != 2) {
            return;
        }
        var decimal = new Cardinal(new BigDecimal(first.characters + "." + second.characters));
        var whole = new Cardinal(new BigDecimal(first.characters + second.characters));
        int high = Integer.parseInt(first.characters);
        boolean joined =
                english
                        && row.size() == 2
                        && high >= 10
                        && high < 100
                        && !number(first.start)
                        && unitAt(second.end) < 0;
        if (joined) {
            bind(first.start, second.end, decimal);
            bind(first.start, second.end, whole);
            bind(first.start, second.end, new Digits(first.characters + second.characters));
            draft.binding.addAll(
                    draft.readings.stream()
                            .filter(r -> r.start() <= first.start && r.end() >= second.end)
                            .toList());
        } else {
            add(first.start, second.end, decimal);
            add(first.start, second.end, whole);
        }
        int year =
                first.characters.length() == 2
                        ? Integer.parseInt(first.characters + second.characters)
                        : 0;
        if (year >= 1100 && year < 2200) {
            bind(first.start, second.end, new Day(year, 0, 0));
            if (!joined) {
                draft.binding.remove(new Reading(first.start, second.end, new Day(year, 0, 0)));
            }
        }
    }
}
