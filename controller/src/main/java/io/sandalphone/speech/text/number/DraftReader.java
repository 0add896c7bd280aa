package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Lexicon;
import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.NumberGrammar.Numeral;
import io.sandalphone.speech.text.value.Value;
import io.sandalphone.speech.text.value.Value.Weekday;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;

/// What every reader asks a draft. A reader finds one kind of value; where its words allow more than one
/// way to read them, it finds each.
abstract class DraftReader {
    final Draft draft;
    final boolean english;
    final boolean spanish;
    final List<Token> tokens;
    final NumberGrammar grammar;
    final NumberWords words;
    final Measures measures;
    private final Lexicon lexicon;
    final boolean[] strong;
    final boolean[] skipped;
    final @Nullable Numeral[] numbers;

    DraftReader(Draft draft) {
        this.draft = draft;
        english = draft.language.base().equals("en");
        spanish = draft.language.base().equals("es");
        tokens = draft.tokens;
        grammar = draft.grammar;
        words = NumberWords.of(draft.language);
        measures = Measures.of(draft.language);
        lexicon = Lexicon.of(draft.language);
        strong = draft.strong;
        skipped = draft.skipped;
        numbers = draft.numbers;
    }

    /// One way to read the tokens from `start` to before `end`.
    final void add(int start, int end, Value value) {
        draft.add(start, end, value);
    }

    /// As [Draft#bind].
    final void bind(int start, int end, Value value) {
        draft.bind(start, end, value);
    }

    /// Whether the word at `at` has a role in the language.
    final boolean is(int at, Role role) {
        return lexicon.has(role, word(at));
    }

    String word(int at) {
        return grammar.word(at);
    }

    boolean number(int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).isNumber();
    }

    boolean isWord(int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).isWord();
    }

    boolean glued(int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).glued();
    }

    boolean inside(int i) {
        for (Numeral number : numbers) {
            if (number != null && number.start() < i && number.end() > i) {
                return true;
            }
        }
        return draft.readings.stream()
                .anyMatch(
                        reading ->
                                reading.start() < i
                                        && reading.end() > i
                                        && !(reading.value() instanceof Weekday));
    }

    boolean endsNumber(int end) {
        for (Numeral number : numbers) {
            if (number != null && number.end() == end) {
                return true;
            }
        }
        return false;
    }

    /// Where the unit of a number stands that ends before `end`; -1 where it has none.
    int unitAt(int end) {
        int at = word(end).equals("-") ? end + 1 : end;
        if (unitOf(at) != null) {
            return at;
        }
        // "five business days", "a quarter of a kilo", "tres cuartos de hora"
        if (is(at, Role.BEFORE_UNIT) && unitOf(at + 1) != null) {
            return at + 1;
        }
        return -1;
    }

    @Nullable String unitOf(int at) {
        if (at >= tokens.size()) {
            return null;
        }
        String unit = measures.units().get(word(at));
        boolean letter = word(at).length() == 1 && isWord(at);
        boolean square = is(at + 1, Role.SQUARE) || word(at - 1).equals("square");
        return (letter && !(at > 0 && tokens.get(at - 1).isNumber())) || square ? null : unit;
    }

    int percentEnd(int end) {
        String word = word(end);
        if (word.equals("%") || word.equals("percent")) {
            return end + 1;
        }
        if ((word.equals("por") && word(end + 1).matches("ciento|cien"))
                || (word.equals("per") && word(end + 1).equals("cent"))) {
            return end + 2;
        }
        if ((word.startsWith("punto") && word(end + 1).startsWith("porcentual"))
                || (word.equals("percentage") && word(end + 1).startsWith("point"))) {
            return end + 2;
        }
        return -1;
    }

    String singularDay(String word) {
        return word.endsWith("s")
                        && (english || word.startsWith("sábado") || word.startsWith("domingo"))
                ? word.substring(0, word.length() - 1)
                : word;
    }

    static int hour(BigDecimal value) {
        return value.scale() <= 0
                        && value.signum() >= 0
                        && value.compareTo(BigDecimal.valueOf(24)) <= 0
                ? value.intValue()
                : -1;
    }
}
