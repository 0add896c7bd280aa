package io.sandalphone.speech.text.number;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.lexicon.Lexicon;
import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.value.NumericToken;
import io.sandalphone.speech.text.value.Value;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// Reads numbers, in digits and in words and in both together, out of the tokens of one text: `300 mil`,
/// `twenty-five hundred`, `un millón y medio`, `three point one four`.
final class NumberGrammar {
    /// A number from token `start` to before `end`.
    ///
    /// @param digits what it is when it is spelled with others: `05`, `800`
    /// @param article whether it may be no number at all: "one", "un"
    /// @param written in digits, all of it
    record Numeral(
            int start, int end, BigDecimal value, String digits, boolean article, boolean written) {
        Numeral with(BigDecimal changed, int newEnd) {
            return new Numeral(start, newEnd, changed, changed.toPlainString(), false, false);
        }
    }

    private static final int HUNDRED = 100;
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal QUARTER = new BigDecimal("0.25");
    private static final BigDecimal THREE_QUARTERS = new BigDecimal("0.75");

    private final List<Token> tokens;
    private final Language language;
    private final NumberWords words;
    private final Lexicon lexicon;
    private final boolean english;
    private final boolean spanish;
    private final NumericToken.Marks marks;

    NumberGrammar(List<Token> tokens, Language language, NumericToken.Marks marks) {
        this.marks = marks;
        this.tokens = tokens;
        this.language = language;
        words = NumberWords.of(language);
        lexicon = Lexicon.of(language);
        english = language.base().equals("en");
        spanish = language.base().equals("es");
    }

    /// The number that begins with token `at`, as long as it goes.
    Optional<Numeral> at(int at) {
        if (at >= tokens.size()) {
            return Optional.empty();
        }
        Optional<Numeral> number = partOfMultiplier(at);
        if (number.isEmpty()) {
            number = mixed(at);
        }
        if (number.isEmpty()) {
            number = head(at).map(this::multiplied);
        }
        return number.or(() -> pointFirst(at));
    }

    /// `two and a half million`, `half a million`, `tres cuartos de millón`.
    private Optional<Numeral> partOfMultiplier(int at) {
        Optional<Part> part = part(at);
        if (part.isPresent()) {
            int next = skip(part.get().end, "of", "de", "-");
            next = skip(next, "a", "un", "-");
            BigDecimal multiplier = multiplier(next);
            if (multiplier != null && multiplier.compareTo(THOUSAND) > 0) {
                return Optional.of(number(at, next + 1, part.get().value.multiply(multiplier)));
            }
        }
        Optional<Numeral> head = head(at);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        Optional<Part> and = andPart(head.get().end);
        if (and.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal multiplier = multiplier(and.get().end);
        return multiplier == null
                ? Optional.empty()
                : Optional.of(
                        number(
                                at,
                                and.get().end + 1,
                                head.get().value.add(and.get().value).multiply(multiplier)));
    }

    /// A part of one, with the token behind it.
    record Part(BigDecimal value, int end) {}

    /// `half`, `a quarter`, `three quarters`, `medio`, `tres cuartos`, `1/2`, `½`.
    Optional<Part> part(int at) {
        String first = word(at);
        String second = word(at + 1);
        if (first.equals("½") || (spanish && (first.equals("medio") || first.equals("media")))) {
            return Optional.of(new Part(HALF, at + 1));
        }
        if (first.equals("¼") || first.equals("¾")) {
            return Optional.of(new Part(first.equals("¼") ? QUARTER : THREE_QUARTERS, at + 1));
        }
        if (english && first.equals("half")) {
            return Optional.of(new Part(HALF, at + 1));
        }
        if (english && (first.equals("quarter") || first.equals("cuarto"))) {
            return Optional.of(new Part(QUARTER, at + 1));
        }
        if ((first.equals("a") || first.equals("one") || first.equals("un"))
                && (second.equals("quarter") || second.equals("cuarto"))) {
            return Optional.of(new Part(QUARTER, at + 2));
        }
        if (english && first.equals("a") && second.equals("half")) {
            return Optional.of(new Part(HALF, at + 2));
        }
        if (first.equals("three") || first.equals("tres")) {
            int noun = skip(at + 1, "-");
            if (is(noun, Role.QUARTERS)) {
                return Optional.of(new Part(THREE_QUARTERS, noun + 1));
            }
        }
        if (number(at)
                && number(at + 2)
                && word(at + 1).equals("/")
                && glued(at + 1)
                && glued(at + 2)) {
            BigDecimal over = integer(at);
            BigDecimal under = integer(at + 2);
            if (over != null
                    && under != null
                    && over.signum() > 0
                    && under.compareTo(over) > 0
                    && under.compareTo(BigDecimal.valueOf(64)) <= 0) {
                return Optional.of(new Part(Value.divided(over, under.longValue()), at + 3));
            }
        }
        return Optional.empty();
    }

    /// `and a half`, `y cuarto`: what is added to what stands before token `at`.
    Optional<Part> andPart(int at) {
        if (!is(at, Role.AND)) {
            return Optional.empty();
        }
        if (spanish && word(at + 1).equals("cuarto")) {
            return Optional.of(new Part(QUARTER, at + 2));
        }
        Optional<Part> part = part(at + 1);
        return english && part.isPresent() && word(at + 1).equals("half") ? Optional.empty() : part;
    }

    /// `1 1/2`, `2 ¾`.
    private Optional<Numeral> mixed(int at) {
        BigDecimal whole = number(at) ? integer(at) : null;
        if (whole == null) {
            return Optional.empty();
        }
        boolean sign = word(at + 1).matches("[½¼¾]");
        boolean apart = number(at + 1) && !glued(at + 1);
        return sign || apart
                ? part(at + 1).map(part -> number(at, part.end, whole.add(part.value)))
                : Optional.empty();
    }

    /// Below a thousand in words, or in digits whatever they are.
    private Optional<Numeral> head(int at) {
        if (number(at)) {
            NumericToken token = NumericToken.of(tokens.get(at).text(), language, marks);
            return token.number()
                    .map(
                            value ->
                                    new Numeral(
                                            at, at + 1, value, tokens.get(at).text(), false, true));
        }
        if (word(at).equals("mil") && spanish) {
            return Optional.of(number(at, at, BigDecimal.ONE));
        }
        if (english && word(at).equals("a") && is(at + 1, Role.HUNDRED_OR_MORE)) {
            return Optional.of(hundreds(number(at, at + 1, BigDecimal.ONE)));
        }
        int value = words.cardinal(word(at));
        boolean state = value == 0 && english && tokens.get(at).text().equals("OH");
        if (value < 0 || state) {
            return Optional.empty();
        }
        Numeral number =
                new Numeral(
                        at,
                        at + 1,
                        BigDecimal.valueOf(value),
                        Integer.toString(value),
                        is(at, Role.MAYBE_ARTICLE),
                        false);
        return Optional.of(spanish ? spanishTens(number) : hundreds(englishTens(number)));
    }

    private Numeral englishTens(Numeral tens) {
        int value = tens.value.intValue();
        if (value < 20 || value % 10 != 0 || value >= HUNDRED) {
            return tens;
        }
        int next = word(tens.end).equals("-") && glued(tens.end) ? tens.end + 1 : tens.end;
        int unit = words.cardinal(word(next));
        // "Twenty two-by-fours" are twenty.
        boolean apart = next == tens.end && word(next + 1).equals("-") && glued(next + 1);
        return !apart && unit > 0 && unit < 10
                ? number(tens.start, next + 1, BigDecimal.valueOf(value + unit))
                : tens;
    }

    private Numeral hundreds(Numeral below) {
        int next = skip(below.end, "-");
        if (!word(next).equals("hundred")
                || below.value.compareTo(BigDecimal.valueOf(HUNDRED)) >= 0
                || below.value.signum() == 0) {
            return below;
        }
        BigDecimal value = below.value.multiply(BigDecimal.valueOf(HUNDRED));
        int end = next + 1;
        int after = word(end).equals("and") ? end + 1 : skip(end, "-");
        int more = words.cardinal(word(after));
        if (more > 0 && more < HUNDRED) {
            Numeral tens = englishTens(number(after, after + 1, BigDecimal.valueOf(more)));
            boolean another = after > end && word(tens.end).equals("hundred");
            return another
                    ? number(below.start, end, value)
                    : number(below.start, tens.end, value.add(tens.value));
        }
        return number(below.start, end, value);
    }

    private Numeral spanishTens(Numeral number) {
        int value = number.value.intValue();
        if (value >= HUNDRED && !word(number.start).equals("cien")) {
            int more = words.cardinal(word(number.end));
            if (more > 0 && more < HUNDRED) {
                Numeral tens =
                        spanishTens(number(number.end, number.end + 1, BigDecimal.valueOf(more)));
                return number(number.start, tens.end, number.value.add(tens.value));
            }
            return number;
        }
        // "Cien cuarenta" is said for 140.
        if (value == HUNDRED) {
            int more = words.cardinal(word(number.end));
            if (more >= 10 && more < HUNDRED) {
                Numeral tens =
                        spanishTens(number(number.end, number.end + 1, BigDecimal.valueOf(more)));
                return number(number.start, tens.end, number.value.add(tens.value));
            }
            return number;
        }
        boolean tens = value >= 30 && value % 10 == 0;
        boolean old = value == 20 || value == 10;
        if ((!tens && !old) || !word(number.end).equals("y")) {
            return number;
        }
        int unit = words.cardinal(word(number.end + 1));
        boolean clock = is(number.start - 1, Role.HOUR_ARTICLE);
        boolean adds =
                unit > 0
                        && unit < 10
                        && (tens || ((!clock && unit > 5) || (!clock && value == 20)));
        return adds
                ? number(number.start, number.end + 2, BigDecimal.valueOf(value + unit))
                : number;
    }

    /// What follows it multiplies it: `4 mil 500`, `dos mil millones`, `a million and a half`.
    private Numeral multiplied(Numeral head) {
        Numeral decimals = withDecimals(head);
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal current = decimals.value;
        int end = decimals.end;
        boolean changed = decimals.end != head.end || head.end == head.start;
        BigDecimal last = null;
        while (true) {
            int at =
                    word(end).equals("-") && glued(end) && multiplier(end + 1) != null
                            ? end + 1
                            : end;
            BigDecimal multiplier = multiplier(at);
            if (multiplier == null
                    || (last != null
                            && multiplier.compareTo(last) >= 0
                            && current.compareTo(last) < 0)) {
                break;
            }
            changed = true;
            end = at + 1;
            if (multiplier.compareTo(THOUSAND) == 0) {
                current = current.multiply(multiplier);
                last = THOUSAND;
                Numeral below = below(end);
                if (below != null) {
                    current = current.add(below.value);
                    end = below.end;
                }
            } else {
                total = total.add(current.multiply(multiplier));
                current = BigDecimal.ZERO;
                Optional<Part> and = andPart(end);
                if (and.isPresent()) {
                    total = total.add(multiplier.multiply(and.get().value));
                    end = and.get().end;
                    break;
                }
                Optional<Numeral> rest =
                        words.cardinal(word(end)) > 0 || word(end).equals("mil")
                                ? head(end)
                                : Optional.empty();
                if (rest.isEmpty()) {
                    break;
                }
                Numeral more = multiplied(rest.get());
                if (more.value.compareTo(multiplier) < 0) {
                    total = total.add(more.value);
                    end = more.end;
                }
                break;
            }
        }
        return changed ? number(head.start, end, total.add(current)) : head;
    }

    /// What is below a thousand behind a thousand.
    private @Nullable Numeral below(int end) {
        int at = english && word(end).equals("and") ? end + 1 : end;
        boolean digits = number(at) && !glued(at);
        if (!digits && words.cardinal(word(at)) <= 0) {
            return null;
        }
        Numeral below = head(at).orElse(null);
        return below == null
                        || below.value.compareTo(THOUSAND) >= 0
                        || below.value.scale() > 0
                        || (digits && tokens.get(at).text().length() != 3)
                ? null
                : below;
    }

    /// `three point one four`, `tres coma catorce`.
    private Numeral withDecimals(Numeral head) {
        return decimals(head.end)
                .map(part -> number(head.start, part.end, head.value.add(part.value)))
                .orElse(head);
    }

    private Optional<Numeral> pointFirst(int at) {
        return english && !number(at - 1)
                ? decimals(at).map(part -> number(at, part.end, part.value))
                : Optional.empty();
    }

    private Optional<Part> decimals(int at) {
        if (!is(at, Role.DECIMAL_POINT)) {
            return Optional.empty();
        }
        var digits = new StringBuilder();
        int end = at + 1;
        while (true) {
            int value = number(end) ? -1 : words.cardinal(word(end));
            if (value < 0 || value >= HUNDRED) {
                break;
            }
            Numeral next = head(end).orElseThrow();
            if (next.value.compareTo(BigDecimal.valueOf(HUNDRED)) >= 0) {
                break;
            }
            digits.append(next.value.toPlainString());
            end = next.end;
        }
        return digits.isEmpty()
                ? Optional.empty()
                : Optional.of(new Part(new BigDecimal("0." + digits), end));
    }

    private @Nullable BigDecimal multiplier(int at) {
        BigDecimal multiplier = words.multiplier(word(at));
        boolean letter = word(at).equals("k");
        if (multiplier == null
                && at < tokens.size()
                && tokens.get(at).text().equals("M")
                && (word(at - 2).equals("$") || word(at - 2).equals("€"))) {
            return BigDecimal.TEN.pow(6);
        }
        return letter && !(glued(at) && number(at - 1)) ? null : multiplier;
    }

    private static Numeral number(int start, int end, BigDecimal value) {
        return new Numeral(start, end, value, value.toPlainString(), false, false);
    }

    private @Nullable BigDecimal integer(int at) {
        String text = tokens.get(at).text();
        return text.length() <= 6 && text.chars().allMatch(Character::isDigit)
                ? new BigDecimal(text)
                : null;
    }

    private boolean number(int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).isNumber();
    }

    private boolean glued(int at) {
        return at < tokens.size() && tokens.get(at).glued();
    }

    private boolean is(int at, Role role) {
        return lexicon.has(role, word(at));
    }

    String word(int at) {
        return at >= 0 && at < tokens.size() ? tokens.get(at).word() : "";
    }

    private int skip(int at, String... skipped) {
        for (String each : skipped) {
            if (word(at).equals(each)) {
                return at + 1;
            }
        }
        return at;
    }
}
