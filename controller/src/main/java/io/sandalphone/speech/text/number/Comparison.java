package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.lexicon.Lexicon;
import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.value.Value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds out whether a translation says the numbers that were said: each with its value and its unit,
/// none left out, none added, and those of one kind in their order.
public final class Comparison {
    /// A number that was said, and the same one in the translation.
    public record Pair(Reading said, Reading translated) {}

    /// Enough for any sentence; a text made to have more is not taken for right.
    private static final int MOST_STEPS = 200_000;

    private final ReadText said;
    private final ReadText translated;
    private final boolean[] used;
    private final List<Pair> pairs = new ArrayList<>();
    private int steps;

    private Comparison(ReadText said, ReadText translated) {
        this.said = said;
        this.translated = translated;
        used = new boolean[translated.tokens().size()];
    }

    /// The numbers of both, pair by pair; empty when they are not the same.
    public static Optional<List<Pair>> of(ReadText said, ReadText translated) {
        if (Math.max(said.tokens().size(), translated.tokens().size()) > ValueReader.MOST_TOKENS) {
            return digits(said).equals(digits(translated))
                    ? Optional.of(List.of())
                    : Optional.empty();
        }
        var comparison = new Comparison(said, translated);
        return comparison.from(0) ? Optional.of(comparison.pairs) : Optional.empty();
    }

    private static List<String> digits(ReadText read) {
        return read.tokens().stream().filter(Token::isNumber).map(Token::text).sorted().toList();
    }

    /// Pairs what stands from token `at` on.
    private boolean from(int at) {
        if (++steps > MOST_STEPS) {
            return false;
        }
        if (at >= said.tokens().size()) {
            return complete();
        }
        for (Reading reading : said.readings()) {
            if (reading.start() == at && pairFrom(reading)) {
                return true;
            }
        }
        return !said.strong().get(at) && !leftOut(at) && from(at + 1);
    }

    /// Whether a "one" at `at` is left out though the translation has one as well: then they are in
    /// each other's places.
    private boolean leftOut(int at) {
        return Lexicon.mixed(Role.NUMERAL_ONE, said.tokens().get(at).word())
                && !said.tokens().get(Math.max(0, at - 1)).is("no")
                && translated.readings().stream()
                        .anyMatch(
                                reading ->
                                        free(reading)
                                                && reading.end() == reading.start() + 1
                                                && Lexicon.mixed(
                                                        Role.NUMERAL_ONE,
                                                        translated
                                                                .tokens()
                                                                .get(reading.start())
                                                                .word()));
    }

    private boolean pairFrom(Reading reading) {
        for (Reading other : translated.readings()) {
            if (free(other)
                    && Value.same(reading.value(), other.value())
                    && inOrder(reading, other)) {
                use(other, true);
                pairs.add(new Pair(reading, other));
                if (from(reading.end())) {
                    return true;
                }
                pairs.removeLast();
                use(other, false);
            }
        }
        return false;
    }

    private boolean free(Reading reading) {
        for (int i = reading.start(); i < reading.end(); i++) {
            if (used[i]) {
                return false;
            }
        }
        return true;
    }

    private void use(Reading reading, boolean use) {
        for (int i = reading.start(); i < reading.end(); i++) {
            used[i] = use;
        }
    }

    /// "From nine to five" is not "de cinco a nueve".
    private boolean inOrder(Reading reading, Reading other) {
        var added = new Pair(reading, other);
        for (Pair pair : pairs) {
            if (kind(pair.said.value()).equals(kind(reading.value()))
                    && pair.translated.start() > other.start()
                    && !someOfAll(pair, added)) {
                return false;
            }
        }
        return pairs.stream().noneMatch(pair -> unitMoves(pair, added) || wholeMoves(pair, added));
    }

    /// "Out of 10, 3" is "3 de 10": the number of them all is known by the word before it.
    private boolean someOfAll(Pair one, Pair other) {
        return (wholeSaid(one)
                        && wholeTranslated(one)
                        && !wholeSaid(other)
                        && !wholeTranslated(other))
                || (wholeSaid(other)
                        && wholeTranslated(other)
                        && !wholeSaid(one)
                        && !wholeTranslated(one));
    }

    /// "Out of 10, 3" is not "10 de 3".
    private boolean wholeMoves(Pair one, Pair other) {
        return kind(one.said.value()).equals(kind(other.said.value()))
                && wholeSaid(one) != wholeTranslated(one)
                && wholeSaid(other) != wholeTranslated(other)
                && wholeSaid(one) != wholeSaid(other);
    }

    private boolean wholeSaid(Pair pair) {
        return whole(said, pair.said);
    }

    private boolean wholeTranslated(Pair pair) {
        return whole(translated, pair.translated);
    }

    private static boolean whole(ReadText text, Reading reading) {
        return reading.value() instanceof Value.Cardinal
                && reading.start() > 0
                && Lexicon.mixed(Role.BEFORE_WHOLE, text.tokens().get(reading.start() - 1).word());
    }

    /// "Two 20-milligram tablets" is not "20 tabletas de 2 miligramos": one loses its unit, another
    /// one gets it.
    private static boolean unitMoves(Pair one, Pair other) {
        return (unitLost(one) && unitAdded(other)) || (unitAdded(one) && unitLost(other));
    }

    private static boolean unitLost(Pair pair) {
        return hasUnit(pair.said.value()) && !hasUnit(pair.translated.value());
    }

    private static boolean unitAdded(Pair pair) {
        return !hasUnit(pair.said.value()) && hasUnit(pair.translated.value());
    }

    private static boolean hasUnit(Value value) {
        return switch (value) {
            case Value.Cardinal cardinal -> !cardinal.unit().isEmpty();
            case Value.Amount _, Value.Fraction _, Value.Percent _ -> true;
            case Value.Ordinal _,
                    Value.Time _,
                    Value.Day _,
                    Value.Weekday _,
                    Value.Digits _,
                    Value.Code _ ->
                    false;
        };
    }

    private static String kind(Value value) {
        return switch (value) {
            case Value.Cardinal cardinal -> "count " + cardinal.unit();
            case Value.Amount amount -> "amount " + amount.currency();
            case Value.Ordinal _ -> "ordinal";
            case Value.Percent _ -> "percent";
            case Value.Fraction _ -> "fraction";
            case Value.Time _ -> "time";
            case Value.Day _ -> "day";
            case Value.Weekday _ -> "weekday";
            case Value.Digits _, Value.Code _ -> "digits";
        };
    }

    private boolean complete() {
        for (int i = 0; i < used.length; i++) {
            if (translated.strong().get(i) && !used[i]) {
                return false;
            }
        }
        return true;
    }
}
