package io.sandalphone.speech.text.number;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.value.NumericToken;

import java.util.List;

/// Reads everything that is a number in one text, in every way in which it can be meant: `twelve fifty`
/// is ten to one, 1250, or twelve dollars and a half. What was meant shows when it is compared with the
/// other language ([Comparison]).
public final class ValueReader {
    static final int MOST_TOKENS = 400;

    private ValueReader() {}

    /// Reads `text`. What stands in `whole` is no number, whatever it looks like: names, addresses.
    public static ReadText read(String text, Language language, List<? extends Stretch> whole) {
        return read(text, language, whole, NumericToken.Marks.OF_THE_LANGUAGE);
    }

    /// As a text whose `marks` are those.
    public static ReadText read(
            String text,
            Language language,
            List<? extends Stretch> whole,
            NumericToken.Marks marks) {
        var draft = new Draft(text, language, whole, marks);
        // Nobody says so much in one breath, and time must not grow with what a recognizer makes
        // up.
        if (draft.tokens.size() <= MOST_TOKENS) {
            read(draft);
        }
        return draft.read();
    }

    /// Each reader sees what those before it found, so their order counts.
    private static void read(Draft draft) {
        draft.findNumbers();
        var strong = new StrongTokens(draft);
        var clock = ClockReader.of(draft);
        var dates = new DateReader(draft);
        var fractions = new FractionReader(draft);
        var ordinals = new OrdinalReader(draft);
        var amounts = new AmountReader(draft);
        var dozens = new DozenReader(draft);
        var quantities = new QuantityReader(draft, amounts, dozens);
        var named = new NamedReader(draft, amounts, dozens);
        var romans = new RomanReader(draft);
        for (int i = 0; i < draft.tokens.size(); i++) {
            if (!draft.skipped[i]) {
                strong.mark(i);
                clock.read(i);
                dates.read(i);
                fractions.read(i);
                ordinals.read(i);
                quantities.read(i);
                named.read(i);
                romans.read(i);
            }
        }
        new RepetitionReader(draft).read();
        new RunReader(draft).read();
        new RangeReader(draft).read();
    }
}
