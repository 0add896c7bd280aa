package io.sandalphone.speech.text;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.NumberGrammar.Numeral;
import io.sandalphone.speech.text.NumberGrammar.Part;
import io.sandalphone.speech.text.Value.Amount;
import io.sandalphone.speech.text.Value.Cardinal;
import io.sandalphone.speech.text.Value.Code;
import io.sandalphone.speech.text.Value.Day;
import io.sandalphone.speech.text.Value.Digits;
import io.sandalphone.speech.text.Value.Fraction;
import io.sandalphone.speech.text.Value.Ordinal;
import io.sandalphone.speech.text.Value.Percent;
import io.sandalphone.speech.text.Value.Time;
import io.sandalphone.speech.text.Value.Weekday;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads everything that is a number in one text, in every way in which it can be meant: `twelve fifty`
/// is ten to one, 1250, or twelve dollars and a half. What was meant shows when it is compared with the
/// other language ([Comparison]).
final class ValueReader {
    /// One way to read the tokens from `start` to before `end`.
    record Reading(int start, int end, Value value) {}

    /// A text with its readings.
    ///
    /// @param readings the longest and most likely ones first, at each place
    /// @param strong of each token, whether it is surely a number: it must be part of what was said
    record Read(String text, List<Token> tokens, List<Reading> readings, BitSet strong) {
        /// With what of `other`, the same text read in another language, is surely no word of this one.
        Read with(Read other) {
            List<Reading> all = new ArrayList<>(readings);
            other.readings.stream()
                    .filter(
                            reading ->
                                    reading.value instanceof Day
                                            || readings.stream()
                                                    .noneMatch(
                                                            own ->
                                                                    own.start < reading.end
                                                                            && reading.start
                                                                                    < own.end))
                    .filter(reading -> !(reading.value instanceof Day day && day.month() == 0))
                    .filter(
                            reading ->
                                    reading.end - reading.start > 1
                                            || tokens.get(reading.start).text().length() > 4)
                    .filter(
                            reading ->
                                    (reading.value instanceof Day
                                                    && tokens
                                                            .subList(reading.start, reading.end)
                                                            .stream()
                                                            .anyMatch(Token::isWord))
                                            || tokens.subList(reading.start, reading.end).stream()
                                                    .allMatch(Token::isWord))
                    .forEach(all::add);
            return new Read(text, tokens, all, strong);
        }

        /// As a text of which nothing need be said again.
        Read leavingOut() {
            return new Read(text, tokens, readings, new BitSet());
        }

        boolean strong(Reading reading) {
            int first = strong.nextSetBit(reading.start);
            return first >= 0 && first < reading.end;
        }

        /// Where in the text a reading begins.
        int start(Reading reading) {
            return tokens.get(reading.start).start();
        }

        /// Where in the text a reading ends.
        int end(Reading reading) {
            return tokens.get(reading.end - 1).end();
        }

        String text(Reading reading) {
            return text.substring(
                    tokens.get(reading.start).start(), tokens.get(reading.end - 1).end());
        }
    }

    static final int MOST_TOKENS = 400;
    private static final int MOST_IN_A_RUN = 16;
    private static final Set<String> TO =
            Set.of("to", "and", "a", "al", "y", "or", "o", "-", "–", "through", "hasta", "e", "u");
    private static final Set<String> SEPARATORS =
            Set.of(",", "-", "(", ")", ".", "dash", "guion", "guión", "*", "#", "+", "·", "este");
    private static final Map<String, Integer> TIMES = Map.of("double", 2, "doble", 2, "triple", 3);
    private static final Set<String> NUMBERED =
            Set.of(
                    "invoice",
                    "factura",
                    "folio",
                    "expediente",
                    "number",
                    "número",
                    "case",
                    "part",
                    "file",
                    "reference",
                    "parte",
                    "pieza",
                    "guía",
                    "pedido",
                    "order",
                    "recibo",
                    "receipt");

    private final Language language;
    private final boolean english;
    private final boolean spanish;
    private final List<Token> tokens;
    private final NumberGrammar grammar;
    private final NumberWords words;
    private final Measures measures;
    private final List<Reading> readings = new ArrayList<>();
    private final Set<Reading> binding = new HashSet<>();
    private final boolean[] strong;
    private final boolean[] skipped;
    private final @Nullable Numeral[] numbers;

    private ValueReader(
            String text, Language language, List<Span> whole, NumericToken.Marks marks) {
        this.language = language;
        english = language.base().equals("en");
        spanish = language.base().equals("es");
        tokens = Token.of(text);
        grammar = new NumberGrammar(tokens, language, marks);
        words = NumberWords.of(language);
        measures = Measures.of(language.base());
        strong = new boolean[tokens.size()];
        skipped = new boolean[tokens.size()];
        numbers = new Numeral[tokens.size()];
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            skipped[i] =
                    whole.stream()
                            .anyMatch(
                                    span ->
                                            token.start() >= span.start()
                                                    && token.start() < span.end());
        }
    }

    /// Reads `text`. What stands in `whole` is no number, whatever it looks like: names, addresses.
    static Read read(String text, Language language, List<Span> whole) {
        return read(text, language, whole, NumericToken.Marks.OF_THE_LANGUAGE);
    }

    /// As a text whose `marks` are those.
    static Read read(String text, Language language, List<Span> whole, NumericToken.Marks marks) {
        var reader = new ValueReader(text, language, whole, marks);
        // Nobody says so much in one breath, and time must not grow with what a recognizer makes
        // up.
        if (reader.tokens.size() <= MOST_TOKENS) {
            reader.read();
        }
        var strong = new BitSet();
        for (int i = 0; i < reader.strong.length; i++) {
            strong.set(i, reader.strong[i]);
        }
        return new Read(text, reader.tokens, reader.readings, strong);
    }

    private void read() {
        for (int i = 0; i < tokens.size(); ) {
            Optional<Numeral> number = skipped[i] ? Optional.empty() : grammar.at(i);
            if (number.isPresent() && !contains(number.get(), skipped)) {
                numbers[i] = number.get();
                i = Math.max(i + 1, number.get().end());
            } else {
                i++;
            }
        }
        for (int i = 0; i < tokens.size(); i++) {
            if (!skipped[i]) {
                markStrong(i);
                clock(i);
                date(i);
                part(i);
                ordinal(i);
                quantity(i);
                words(i);
                roman(i);
            }
        }
        repeated();
        runs();
        ranges();
        readings.removeIf(this::bound);
        readings.sort(
                Comparator.comparingInt(Reading::start)
                        .thenComparing(Comparator.comparingInt(Reading::end).reversed()));
    }

    /// "Five, five thirty": what is said again need not be said twice.
    private void repeated() {
        for (int i = 0; i < tokens.size(); i++) {
            Numeral number = numbers[i];
            if (number == null || !word(number.end()).equals(",")) {
                continue;
            }
            int again = number.end() + 1;
            while (again < tokens.size()
                    && Set.of("a", "at", "las", "la", "el", "the").contains(word(again))) {
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

    private static boolean contains(Numeral number, boolean[] skipped) {
        for (int i = number.start(); i < number.end(); i++) {
            if (skipped[i]) {
                return true;
            }
        }
        return false;
    }

    private void add(int start, int end, Value value) {
        var reading = new Reading(start, end, value);
        if (!readings.contains(reading)) {
            readings.add(reading);
        }
    }

    /// Adds a reading that leaves no room for others within it: `8 p.m.` is no eight.
    private void bind(int start, int end, Value value) {
        add(start, end, value);
        binding.add(new Reading(start, end, value));
    }

    /// Not what reaches beyond it: both may be meant.
    private boolean bound(Reading reading) {
        return !binding.contains(reading)
                && binding.stream()
                        .anyMatch(by -> by.start <= reading.start && reading.end <= by.end);
    }

    // --- which tokens count

    private void markStrong(int i) {
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
                    (word.equals("mil")
                                    && number.end() == i + 1
                                    && Set.of("gracias", "disculpas", "perdones")
                                            .contains(word(i + 1)))
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
                if (tokens.get(k).isWord()
                        && !Set.of("and", "y", "a", "of", "de", "un").contains(word(k))) {
                    strong[k] |= counts;
                }
            }
            return;
        }
        if (measures.weekdays().containsKey(singularDay(word))) {
            boolean week =
                    (Set.of("lunes", "monday").contains(word)
                                    && Set.of("viernes", "friday").contains(word(i + 2)))
                            || (Set.of("viernes", "friday").contains(word)
                                    && Set.of("lunes", "monday").contains(word(i - 2)));
            strong[i] = !week;
        }
        Integer month = measures.months().get(word);
        if (month != null) {
            strong[i] =
                    spanish
                            || !Set.of("may", "march").contains(word)
                            || (token.capitalized() && word.equals("march") && i > 0);
        }
        if (Set.of("noon", "midday", "midnight", "mediodía", "medianoche").contains(word)) {
            strong[i] = true;
        }
        int ordinal = words.ordinal(word);
        boolean counted =
                english
                        ? Set.of("the", "my", "your", "his", "her", "our", "this", "their")
                                        .contains(word(i - 1))
                                && !unitThing(i + 1)
                        : Set.of("primera", "primer", "segunda", "segundo").contains(word)
                                && !word(i - 1).equals("un")
                                && (isWord(i + 1) || word(i - 1).equals("el"));
        if ((ordinal > 2 || (ordinal > 0 && counted)) && !word.startsWith("cuart")) {
            strong[i] = true;
        }
    }

    private boolean unitThing(int at) {
        return word(at).equals("thing") || word(at).equals("i");
    }

    private String singularDay(String word) {
        return word.endsWith("s")
                        && (english || word.startsWith("sábado") || word.startsWith("domingo"))
                ? word.substring(0, word.length() - 1)
                : word;
    }

    // --- how many, how much

    private void quantity(int i) {
        Numeral number = numbers[i];
        if (number == null) {
            if (number(i)) {
                // 192.168.1.1
                add(i, i + 1, new Digits(word(i)));
            }
            return;
        }
        int start = i;
        BigDecimal value = number.value();
        int end = number.end();
        boolean clock = spanish && Set.of("las", "la").contains(word(i - 1));
        Optional<Part> and = grammar.andPart(end);
        if (and.isPresent() && !clock) {
            value = value.add(and.get().value());
            end = and.get().end();
        }
        // -5, minus five, five below zero
        boolean negative = false;
        if (sign(i - 1)) {
            negative = true;
            start = i - 1;
        }
        int below = below(end);
        if (below > 0) {
            negative = true;
            end = below;
        }
        end = dozens(value, start, end, negative);
        int unitAt = unitAt(end);
        String unit = unitAt < 0 ? null : unitOf(unitAt);
        if (unit != null && end <= unitAt) {
            end = unitAt + 1;
            Optional<Part> more = grammar.andPart(end);
            if (more.isPresent() && and.isEmpty()) {
                value = value.add(more.get().value());
                end = more.get().end();
            }
            below = below(end);
            if (below > 0) {
                negative = true;
                end = below;
            }
            Numeral next = end < numbers.length ? numbers[end] : null;
            if (next != null && (unit.equals("kg") || unit.equals("m")) && !number.written()) {
                int most = unit.equals("kg") ? 1000 : 100;
                if ((next.value().intValue() < most
                                && next.value().intValue() >= 10
                                && unitAt(next.end()) < 0)
                        || (unit.equals("kg") && word(next.end()).startsWith("gram"))) {
                    bind(
                            start,
                            next.end() + (word(next.end()).startsWith("gram") ? 1 : 0),
                            new Cardinal(
                                    value.add(Value.divided(next.value(), most)), unit, false));
                }
            }
            if (word(end).equals("celsius")
                    || word(end).equals("fahrenheit")
                    || word(end).equals("centígrados")
                    || (Set.of("c", "f").contains(word(end)) && glued(end))) {
                end++;
            }
            bind(start, end, new Cardinal(signed(value, negative), unit, false));
            return;
        }
        if (percentEnd(end) > 0) {
            add(start, percentEnd(end), new Percent(signed(value, negative)));
            return;
        }
        if (money(start, end, value, negative)) {
            return;
        }
        // "una taza y media"
        if (and.isEmpty()
                && word(end) != null
                && isWord(end)
                && !clock
                && measures.months().get(word(end)) == null) {
            Optional<Part> more = grammar.andPart(end + 1);
            if (more.isPresent() && (spanish || word(end + 2).equals("a"))) {
                add(start, more.get().end(), new Cardinal(value.add(more.get().value())));
                return;
            }
        }
        boolean label = label(i);
        if (number.article() && and.isEmpty() && !label && number.end() == end) {
            add(start, end, new Cardinal(signed(value, negative), "", false));
            return;
        }
        add(start, end, new Cardinal(signed(value, negative), "", label));
        if (clock && and.isPresent()) {
            return;
        }
        year(start, end, value);
    }

    private void year(int start, int end, BigDecimal value) {
        if (value.scale() > 0
                || value.signum() <= 0
                || value.compareTo(BigDecimal.valueOf(2199)) > 0) {
            return;
        }
        int year = value.intValue();
        if (year >= 1100) {
            add(start, end, new Day(year, 0, 0));
        }
        boolean shortened =
                Set.of("'", "’").contains(word(start - 1))
                        || (year > 31 && Set.of("del", "el", "in").contains(word(start - 1)));
        if (year >= 10 && year < 100 && shortened) {
            add(start, end, new Day(year, 0, 0));
        }
        if (year <= 31
                && Set.of("el", "día", "del", "al", "the", "day", "o").contains(word(start - 1))) {
            add(start, end, new Day(0, 0, year));
        }
        if (year <= 31 && measures.weekdays().containsKey(singularDay(word(start - 1)))) {
            add(start, end, new Day(0, 0, year));
        }
    }

    private boolean label(int i) {
        return measures.labels().contains(word(i - 1))
                || (measures.labels().contains(word(i - 2))
                        && Set.of(".", "number", "número", "la", "el", "del")
                                .contains(word(i - 1)));
    }

    private static BigDecimal signed(BigDecimal value, boolean negative) {
        return negative ? value.negate() : value;
    }

    private int dozens(BigDecimal value, int start, int end, boolean negative) {
        String word = word(end);
        int of =
                word.equals("dozen") || word.equals("docena") || word.equals("docenas")
                        ? 12
                        : word.equals("decena") ? 10 : 0;
        if (of == 0 || negative) {
            return end;
        }
        BigDecimal all = value.multiply(BigDecimal.valueOf(of));
        int behind = end + 1;
        Optional<Part> more = grammar.andPart(behind);
        if (more.isPresent()) {
            all = all.add(more.get().value().multiply(BigDecimal.valueOf(of)));
            behind = more.get().end();
        }
        bind(start, behind, new Cardinal(all));
        return end;
    }

    private boolean sign(int at) {
        String word = word(at);
        if (word.equals("-") || word.equals("−")) {
            boolean range = at > 0 && tokens.get(at).glued() && !word(at - 1).equals("$");
            return glued(at + 1) && !range;
        }
        boolean minus =
                word.equals("minus")
                        || word.equals("menos")
                        || word.equals("negative")
                        || word.equals("negativo");
        boolean less =
                word(at - 1).equals("o")
                        || word(at - 1).equals("or")
                        || word(at - 1).equals("ni")
                        || word(at - 1).equals("y");
        boolean subtracted = at > 0 && endsNumber(at);
        return minus && !less && !subtracted;
    }

    private boolean endsNumber(int end) {
        for (Numeral number : numbers) {
            if (number != null && number.end() == end) {
                return true;
            }
        }
        return false;
    }

    /// Behind "below zero", "bajo cero", "below".
    private int below(int end) {
        if (word(end).equals("below") || word(end).equals("bajo")) {
            boolean zero = word(end + 1).equals("zero") || word(end + 1).equals("cero");
            return zero ? end + 2 : word(end).equals("below") ? end + 1 : -1;
        }
        return -1;
    }

    /// Where the unit of a number stands that ends before `end`; -1 where it has none.
    private int unitAt(int end) {
        int at = word(end).equals("-") ? end + 1 : end;
        if (unitOf(at) != null) {
            return at;
        }
        // "five business days", "a quarter of a kilo", "tres cuartos de hora"
        if (Set.of("business", "working", "long", "more", "full").contains(word(at))
                && unitOf(at + 1) != null) {
            return at + 1;
        }
        return -1;
    }

    private @Nullable String unitOf(int at) {
        if (at >= tokens.size()) {
            return null;
        }
        String unit = measures.units().get(word(at));
        boolean letter = word(at).length() == 1 && isWord(at);
        boolean square =
                Set.of("cuadrados", "cuadrado", "square").contains(word(at + 1))
                        || word(at - 1).equals("square");
        return (letter && !(at > 0 && tokens.get(at - 1).isNumber())) || square ? null : unit;
    }

    private int percentEnd(int end) {
        String word = word(end);
        if (word.equals("%") || word.equals("percent")) {
            return end + 1;
        }
        if ((word.equals("por") && Set.of("ciento", "cien").contains(word(end + 1)))
                || (word.equals("per") && word(end + 1).equals("cent"))) {
            return end + 2;
        }
        if ((word.startsWith("punto") && word(end + 1).startsWith("porcentual"))
                || (word.equals("percentage") && word(end + 1).startsWith("point"))) {
            return end + 2;
        }
        return -1;
    }

    private boolean money(int start, int end, BigDecimal value, boolean negative) {
        String before = currencyBefore(start);
        int from = before == null ? start : currencyStart(start);
        int at = word(end).equals("-") || word(end).equals("de") ? end + 1 : end;
        String behind = measures.currencies().get(word(at));
        if (behind == null
                && Set.of("pounds", "pound", "libras").contains(word(at))
                && word(at + 1).startsWith("sterl")) {
            behind = "GBP";
        }
        if (behind == null && "us".equals(word(at)) && word(at + 1).startsWith("dollar")) {
            at++;
            behind = "USD";
        }
        if (before == null && behind == null) {
            return Set.of("$", "€", "£").contains(word(end))
                    && moneyBehind(start, end, value, negative);
        }
        String currency = behind == null ? before : behind;
        BigDecimal amount = value;
        int to = end;
        if (behind != null) {
            to = at + 1;
            if (behind.equals(Value.CENT)) {
                amount = Value.divided(value, 100);
            } else {
                int cents = Set.of("con", "and", "y").contains(word(to)) ? to + 1 : to;
                Numeral more = cents < numbers.length ? numbers[cents] : null;
                if (more != null
                        && more.value().compareTo(BigDecimal.valueOf(100)) < 0
                        && more.value().scale() <= 0) {
                    boolean named = Value.CENT.equals(measures.currencies().get(word(more.end())));
                    boolean plain =
                            (cents == to || word(to).equals("con"))
                                    && unitAt(more.end()) < 0
                                    && measures.currencies().get(word(more.end())) == null;
                    if (named || (plain && more.value().intValue() >= 5 && !more.written())) {
                        amount = value.add(Value.divided(more.value(), 100));
                        to = more.end() + (named ? 1 : 0);
                    }
                }
            }
        }
        boolean debt =
                spanish
                        && Set.of("negativo").contains(word(start - 2))
                        && word(start - 1).equals("de");
        bind(
                from,
                to,
                new Amount(
                        signed(
                                amount,
                                negative || debt || (word(from - 1).equals("-") && glued(from))),
                        currency == null ? "" : currency));
        return true;
    }

    private boolean moneyBehind(int start, int end, BigDecimal value, boolean negative) {
        add(start, end + 1, new Amount(signed(value, negative), sign(word(end), "")));
        return true;
    }

    private @Nullable String currencyBefore(int start) {
        String mark = word(start - 1);
        return Set.of("$", "€", "£").contains(mark)
                ? sign(mark, glued(start - 1) ? word(start - 2) : "")
                : null;
    }

    private int currencyStart(int start) {
        return glued(start - 1) && Set.of("us", "mx").contains(word(start - 2))
                ? start - 2
                : start - 1;
    }

    private String sign(String mark, String country) {
        if (mark.equals("€")) {
            return "EUR";
        }
        if (mark.equals("£")) {
            return "GBP";
        }
        boolean dollars =
                country.equals("us") || (!country.equals("mx") && Currencies.dollars(language));
        return dollars ? "USD" : Value.PESO;
    }

    // --- parts

    private void part(int i) {
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
            for (String filler : List.of("of", "de", "a", "an", "un", "una", "-")) {
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
                                && !Set.of("a", "un", "one", "una").contains(word(k));
            }
            return;
        }
        if (Set.of("mitad", "mitades").contains(word)) {
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

    private boolean inside(int i) {
        for (Numeral number : numbers) {
            if (number != null && number.start() < i && number.end() > i) {
                return true;
            }
        }
        return readings.stream()
                .anyMatch(
                        reading ->
                                reading.start < i
                                        && reading.end > i
                                        && !(reading.value instanceof Weekday));
    }

    private boolean idiom(int i, int end) {
        String word = word(i);
        if (spanish && (word.equals("medio") || word.equals("media"))) {
            boolean noun =
                    isWord(end)
                            && !Set.of("de", "en", "para", "y", "que", "ambiente")
                                    .contains(word(end));
            return (Set.of("en", "otro", "por", "el", "la", "una", "un", "los", "clase")
                                    .contains(word(i - 1))
                            && !word(i - 1).equals("a"))
                    || !noun;
        }
        return english
                && word.equals("half")
                && (word(end).equals("brother")
                        || word(end).equals("sister")
                        || word(i - 1).equals("better"));
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
                        ? plural || Set.of("a", "one").contains(word(at - 1))
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

    // --- which one

    private void ordinal(int i) {
        Token token = tokens.get(i);
        if (token.isNumber()
                && token.text().chars().allMatch(Character::isDigit)
                && token.text().length() < 5) {
            int next = word(i + 1).equals(".") && glued(i + 1) ? i + 2 : i + 1;
            boolean suffix =
                    glued(next)
                            && Set.of(
                                            "º", "ª", "°", "st", "nd", "rd", "th", "er", "ro", "ra",
                                            "do", "da", "to", "ta", "mo", "ma", "vo", "va", "no",
                                            "na")
                                    .contains(word(next));
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
                boolean place =
                        Set.of(
                                        "lugar",
                                        "piso",
                                        "grado",
                                        "año",
                                        "semestre",
                                        "mes",
                                        "hijo",
                                        "hija",
                                        "vez",
                                        "trimestre",
                                        "día",
                                        "intento",
                                        "puerta")
                                .contains(word(end));
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
                Set.of("the", "el", "día", ",", "to", "through", "lunes").contains(word(start - 1))
                        || measures.weekdays().containsKey(singularDay(word(start - 1)));
        boolean alone =
                !isWord(end)
                        || Set.of(
                                        "of", "de", "del", "or", "o", "and", "y", "to", "at", "a",
                                        "not", "no", "is", "through", "está", "will", "for",
                                        "works")
                                .contains(word(end));
        return article && alone;
    }

    private void roman(int i) {
        String roman = tokens.get(i).text();
        if (!roman.matches("[IVXLC]{1,6}")) {
            return;
        }
        int value = Roman.value(roman);
        boolean labelled =
                measures.labels().contains(word(i - 1))
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

    // --- words that are numbers

    private void words(int i) {
        String word = word(i);
        Integer weekday = measures.weekdays().get(singularDay(word));
        if (weekday != null) {
            add(i, i + 1, new Weekday(weekday));
        }
        Integer month = measures.months().get(word);
        if (month != null) {
            add(i, i + 1, new Day(0, month, 0));
        }
        if (Set.of("both", "twice", "couple", "par", "ambos", "ambas").contains(word)) {
            add(i, i + 1, new Cardinal(BigDecimal.TWO));
            int unit = word(i + 1).equals("of") || word(i + 1).equals("de") ? i + 2 : i + 1;
            String of = unitOf(unit);
            if (of != null) {
                add(i, unit + 1, new Cardinal(BigDecimal.TWO, of, false));
            }
        }
        if (Set.of("none", "ninguna", "ningún", "ninguno").contains(word)) {
            add(i, i + 1, new Cardinal(BigDecimal.ZERO));
        }
        // "a dollar", "an hour and a half", "hora y media"
        boolean article =
                Set.of("a", "an", "un", "una", "one").contains(word)
                        && (numbers[i] == null || numbers[i].article());
        int noun = article ? i + 1 : i;
        String unit = unitOf(noun);
        if (unit != null && (article || spanish) && (article || (!endsNumber(i) && !inside(i)))) {
            Optional<Part> and = grammar.andPart(noun + 1);
            if (and.isPresent()) {
                add(
                        i,
                        and.get().end(),
                        new Cardinal(BigDecimal.ONE.add(and.get().value()), unit, false));
                strong[i] |= false;
            } else if (article) {
                add(i, noun + 1, new Cardinal(BigDecimal.ONE, unit, false));
            }
        }
        if (article && measures.currencies().get(word(noun)) != null) {
            money(i, i + 1, BigDecimal.ONE, false);
        }
        if (article && word(noun).matches("dozen|docena|decena")) {
            strong[noun] = true;
            dozens(BigDecimal.ONE, i, noun, false);
        }
        if (article && english && isWord(noun)) {
            Optional<Part> and = grammar.andPart(noun + 1);
            if (and.isPresent()) {
                add(i, and.get().end(), new Cardinal(BigDecimal.ONE.add(and.get().value())));
            }
        }
        if (spanish
                && (word.equals("docena") || word.equals("decena"))
                && grammar.andPart(i + 1).isPresent()
                && !Set.of("una", "un").contains(word(i - 1))
                && !endsNumber(i)) {
            strong[i] = true;
            dozens(BigDecimal.ONE, i, i, false);
        }
        if (spanish
                && word.equals("hoy")
                && word(i + 1).equals("en")
                && Set.of("ocho", "quince").contains(word(i + 2))) {
            add(
                    i,
                    i + 3,
                    new Cardinal(
                            BigDecimal.valueOf(word(i + 2).equals("ocho") ? 8 : 15), "day", false));
        }
    }

    // --- times of day

    private void clock(int i) {
        String word = word(i);
        if (Set.of("noon", "midday", "mediodía").contains(word)
                || Set.of("midnight", "medianoche").contains(word)) {
            int at = word.equals("midnight") || word.equals("medianoche") ? 0 : 720;
            add(i, i + 1, new Time(at, true));
        }
        if (spanish) {
            spanishClock(i);
        } else if (english) {
            englishClock(i);
        }
    }

    /// Hour and minutes in digits, or an hour alone, that begin at `i`; null where none does.
    private int @Nullable [] hourAt(int i, boolean withMinutes) {
        Numeral number = i < numbers.length && i >= 0 ? numbers[i] : null;
        if (number == null || skipped[i]) {
            if (withMinutes && number(i)) {
                String[] parts = tokens.get(i).text().split(":", -1);
                if (parts.length == 2 && parts[1].length() == 2 && parts[0].length() < 3) {
                    int hour = Integer.parseInt(parts[0]);
                    int minutes = Integer.parseInt(parts[1]);
                    return hour < 25 && minutes < 60
                            ? new int[] {
                                hour,
                                minutes,
                                i + 1,
                                hour > 12
                                                || hour == 0
                                                || (parts[0].length() == 2
                                                        && parts[0].startsWith("0"))
                                        ? 1
                                        : 0
                            }
                            : null;
                }
            }
            return null;
        }
        int hour = hour(number.value());
        return hour < 0 ? null : new int[] {hour, 0, number.end(), hour > 12 ? 1 : 0};
    }

    private static int hour(BigDecimal value) {
        return value.scale() <= 0
                        && value.signum() >= 0
                        && value.compareTo(BigDecimal.valueOf(24)) <= 0
                ? value.intValue()
                : -1;
    }

    private int minutes(int i) {
        Numeral number = i < numbers.length && i >= 0 ? numbers[i] : null;
        if (number == null
                || number.value().scale() > 0
                || number.value().compareTo(BigDecimal.valueOf(59)) > 0) {
            return -1;
        }
        return number.value().intValue();
    }

    private void spanishClock(int i) {
        int at = Set.of("las", "la").contains(word(i)) ? i + 1 : i;
        boolean las = at > i;
        // un cuarto para las seis, diez para las tres
        int quarter =
                word(i).equals("un") && word(i + 1).equals("cuarto")
                        ? i + 2
                        : word(i).equals("cuarto") && !word(i - 1).equals("un") ? i + 1 : -1;
        int before = quarter > 0 ? 15 : minutes(i);
        int para = quarter > 0 ? quarter : numbers[i] == null ? i : numbers[i].end();
        para = word(para).startsWith("minuto") ? para + 1 : para;
        if (before > 0
                && word(para).equals("para")
                && Set.of("las", "la").contains(word(para + 1))) {
            int[] hour = hourAt(para + 2, false);
            if (hour != null && hour[0] > 0) {
                if (quarter > 0) {
                    strong[quarter - 1] = true;
                }
                time(i, hour[2], hour[0] * 60 - before, false);
            }
        }
        int[] hour = hourAt(at, true);
        if (hour == null) {
            return;
        }
        if (las && word(i).equals("la") && hour[0] != 1) {
            return;
        }
        int end = hour[2];
        int minute = hour[1];
        boolean said = las || (number(at) && tokens.get(at).text().contains(":"));
        if (word(end).equals("y") && !tokens.get(at).text().contains(":")) {
            Optional<Part> part = grammar.andPart(end);
            int more = minutes(end + 1);
            if (part.isPresent() && !word(end + 1).equals("medio")) {
                minute = part.get().value().movePointRight(2).intValue() * 60 / 100;
                int to = part.get().end();
                strong[end + 1] = true;
                time(i, to, hour[0] * 60 + minute, hour[3] == 1);
                return;
            }
            if (more >= 0 && (las || more >= 5)) {
                time(i, numbers[end + 1].end(), hour[0] * 60 + more, hour[3] == 1);
                if (las) {
                    return;
                }
            }
        } else if (word(end).equals("menos")) {
            int less = word(end + 1).equals("cuarto") ? 15 : minutes(end + 1);
            int to =
                    word(end + 1).equals("cuarto")
                            ? end + 2
                            : less > 0 ? numbers[end + 1].end() : end;
            if (less > 0 && las) {
                strong[end + 1] = true;
                time(i, to, hour[0] * 60 - less, hour[3] == 1);
                return;
            }
        } else if (!tokens.get(at).text().contains(":")
                && minutes(end) >= 0
                && unitAt(numbers[end].end()) < 0) {
            int to = numbers[end].end();
            int more = minutes(end);
            if (more == 0 && minutes(to) > 0 && minutes(to) < 10) {
                time(i, numbers[to].end(), hour[0] * 60 + minutes(to), hour[3] == 1);
            }
            if (more >= 10) {
                time(i, to, hour[0] * 60 + more, hour[3] == 1);
            }
        }
        if (word(end).startsWith("hora") && hour[0] >= 0 && (las || hour[0] > 12 || hour[0] == 0)) {
            add(i, end + 1, new Time(hour[0] % 24 * 60 + minute, true));
        }
        if (hour[0] == 0 && minutes(end) > 0 && word(numbers[end].end()).startsWith("hora")) {
            add(i, numbers[end].end() + 1, new Time(minutes(end) * 60, true));
        }
        if (said || half(end) != null) {
            time(i, end, hour[0] * 60 + minute, hour[3] == 1);
        }
    }

    private void englishClock(int i) {
        String word = word(i);
        // half past one, a quarter to six, ten past eight, five minutes to three
        int at = word.equals("a") ? i + 1 : i;
        int minute = -1;
        int end = at;
        if (word(at).equals("half") || word(at).equals("quarter")) {
            minute = word(at).equals("half") ? 30 : 15;
            end = at + 1;
        } else if (minutes(at) > 0) {
            minute = minutes(at);
            end = numbers[at].end();
            end = word(end).startsWith("minute") ? end + 1 : end;
        }
        if (minute > 0) {
            boolean past = word(end).equals("past") || word(end).equals("after");
            boolean to = Set.of("to", "of", "before", "till", "til").contains(word(end));
            if (past || to) {
                int[] hour = hourAt(end + 1, false);
                boolean midnight = word(end + 1).equals("midnight");
                if (midnight || word(end + 1).equals("noon")) {
                    int base = midnight ? 0 : 720;
                    add(
                            i,
                            end + 2,
                            new Time((base + (past ? minute : 1440 - minute)) % 1440, true));
                } else if (hour != null && hour[0] > 0 && unitAt(hour[2]) < 0) {
                    if (word(at).equals("half") || word(at).equals("quarter")) {
                        strong[at] = true;
                    }
                    time(i, hour[2], hour[0] * 60 + (past ? minute : -minute), false);
                }
            } else if (word(at).equals("half") && language.tag().equalsIgnoreCase("en-GB")) {
                int[] hour = hourAt(end, false);
                if (hour != null) {
                    time(i, hour[2], hour[0] * 60 + 30, false);
                }
            }
        }
        int[] hour = hourAt(i, true);
        if (hour == null) {
            militaryClock(i);
            return;
        }
        end = hour[2];
        if (!tokens.get(i).text().contains(":") && end < numbers.length && numbers[end] != null) {
            int more = minutes(end);
            int to = numbers[end].end();
            if (more == 0 && minutes(to) > 0 && minutes(to) < 10 && unitAt(numbers[to].end()) < 0) {
                time(i, numbers[to].end(), hour[0] * 60 + minutes(to), hour[3] == 1);
            } else if (more >= 10 && unitAt(to) < 0) {
                time(i, to, hour[0] * 60 + more, hour[3] == 1);
            } else if (hour[0] == 0
                    && numbers[end].value().intValue() % 100 == 0
                    && numbers[end].value().intValue() < 1000) {
                bind(
                        i,
                        to + (word(to).startsWith("hour") ? 1 : 0),
                        new Time(numbers[end].value().intValue() / 100 * 60, true));
            }
        }
        boolean clock = word(end).equals("o'clock");
        end = clock ? end + 1 : end;
        if (tokens.get(i).text().contains(":") || clock || half(end) != null) {
            time(i, end, hour[0] * 60 + hour[1], hour[3] == 1);
        }
        if (word(i - 1).equals("at") && !clock) {
            time(i, hour[2], hour[0] * 60 + hour[1], hour[3] == 1);
        }
        militaryClock(i);
    }

    /// `fourteen hundred hours`.
    private void militaryClock(int i) {
        Numeral number = numbers[i];
        if (number != null
                && number.value().scale() <= 0
                && number.value().compareTo(BigDecimal.valueOf(2400)) <= 0
                && number.value().intValue() >= 100
                && number.value().intValue() % 100 < 60
                && word(number.end()).startsWith("hour")) {
            int value = number.value().intValue();
            bind(i, number.end() + 1, new Time(value / 100 % 24 * 60 + value % 100, true));
        }
    }

    /// A time with whatever says the half of the day behind it.
    private void time(int start, int end, int minutes, boolean half) {
        int of = Math.floorMod(minutes, 1440);
        Half said = half(end);
        if (said != null) {
            bind(start, said.end, new Time(said.of(of), true));
            return;
        }
        var time = new Time(half ? of : of % 720 == 0 && of != 0 ? 720 : of % 720, half);
        boolean clear =
                (end - start > 1
                                && minutes % 60 != 0
                                && Set.of("para", "menos", "past", "after", "half", "quarter")
                                        .stream()
                                        .anyMatch(each -> holds(start, end, each)))
                        || (Set.of("las", "la").contains(word(start)) && minutes % 60 != 0);
        if (clear) {
            bind(start, end, time);
        } else {
            add(start, end, time);
        }
    }

    private boolean holds(int start, int end, String word) {
        for (int i = start; i < end; i++) {
            if (word(i).equals(word)) {
                return true;
            }
        }
        return false;
    }

    /// The half of the day that is said before token `end`.
    private record Half(boolean night, boolean afternoon, int end) {
        int of(int minutes) {
            int clock = minutes % 720;
            if (minutes > 780) {
                return minutes;
            }
            if (night) {
                return clock / 60 < 5 ? clock : clock + 720;
            }
            return afternoon ? clock + 720 : clock;
        }
    }

    private @Nullable Half half(int end) {
        int at = end;
        if ((word(at).equals("en") && word(at + 1).equals("punto"))
                || (word(at).equals("on")
                        && word(at + 1).equals("the")
                        && word(at + 2).equals("dot"))) {
            at += word(at).equals("en") ? 2 : 3;
        }
        at = word(at).equals("sharp") || word(at).equals("exactly") ? at + 1 : at;
        at = word(at).equals("o'clock") ? at + 1 : at;
        at = word(at).equals("-") || word(at).equals(",") ? at + 1 : at;
        String word = word(at);
        if (word.matches("am|pm")) {
            return new Half(false, word.equals("pm"), at + 1);
        }
        if (word.matches("[ap]") && word(at + 1).equals(".") && word(at + 2).equals("m")) {
            return new Half(false, word.equals("p"), at + 3 + (word(at + 3).equals(".") ? 1 : 0));
        }
        if (word.matches("[ap]") && word(at + 1).equals("m")) {
            return new Half(false, word.equals("p"), at + 2);
        }
        if (english) {
            if (word.equals("tonight")) {
                return new Half(true, true, at + 1);
            }
            if (word.equals("noon") || word.equals("midday")) {
                return new Half(false, true, at + 1);
            }
            if (word.equals("midnight")) {
                return new Half(false, false, at + 1);
            }
            int noun =
                    word.equals("in") && word(at + 1).equals("the")
                            ? at + 2
                            : word.equals("this")
                                            || word.equals("at")
                                            || word.equals("tomorrow")
                                            || word.equals("yesterday")
                                    ? at + 1
                                    : -1;
            String half = noun < 0 ? "" : word(noun);
            return half.equals("morning")
                    ? new Half(false, false, noun + 1)
                    : half.equals("afternoon") || half.equals("evening")
                            ? new Half(false, true, noun + 1)
                            : half.equals("night") ? new Half(true, true, noun + 1) : null;
        }
        int noun =
                word.equals("de") && word(at + 1).equals("la")
                        ? at + 2
                        : word.equals("del") ? at + 1 : -1;
        String half = noun < 0 ? "" : word(noun);
        return switch (half) {
            case "mañana", "madrugada" -> new Half(false, false, noun + 1);
            case "tarde", "día", "mediodía" -> new Half(false, true, noun + 1);
            case "noche" -> new Half(true, true, noun + 1);
            default -> null;
        };
    }

    // --- days

    private void date(int i) {
        digitDate(i);
        spanishDay(i);
        Integer month = measures.months().get(word(i));
        if (month == null) {
            return;
        }
        if (english) {
            int at = word(i + 1).equals("the") ? i + 2 : i + 1;
            int[] day = dayAt(at);
            if (day != null) {
                strong[i] = true;
                withYear(i, day[1], month, day[0]);
            }
            int[] before = dayEndingAt(word(i - 1).equals("of") ? i - 1 : i);
            if (before != null
                    && (word(i - 1).equals("of") || number(i - 1) || isOrdinalAt(i - 1))) {
                strong[i] = true;
                withYear(before[1], i + 1, month, before[0]);
            }
            yearAlone(i, word(i + 1).equals("of") ? i + 2 : i + 1, month);
        } else if (spanish) {
            int mark = word(i + 2).equals(".") ? i + 3 : i + 2;
            int[] behind = Set.of("º", "°").contains(word(mark)) ? dayAt(i + 1) : null;
            if (behind != null) {
                withYear(i, mark + 1, month, behind[0]);
            }
            if (word(i - 1).equals("de")) {
                int[] before = dayEndingAt(i - 1);
                if (before != null) {
                    withYear(before[1], i + 1, month, before[0]);
                }
            }
            yearAlone(i, Set.of("de", "del").contains(word(i + 1)) ? i + 2 : i + 1, month);
        }
    }

    /// `5 de Mayo`, a street or a feast, in English too.
    private void spanishDay(int i) {
        Integer month = Measures.of("es").months().get(word(i));
        if (!english || month == null || !word(i - 1).equals("de")) {
            return;
        }
        int day =
                number(i - 2) && word(i - 2).length() <= 2
                        ? Integer.parseInt(word(i - 2))
                        : NumberWords.of(new Language("es")).cardinal(word(i - 2));
        if (day > 0 && day <= 31) {
            bind(i - 2, i + 1, new Day(0, month, day));
        }
    }

    private boolean isOrdinalAt(int at) {
        return words.ordinal(word(at)) > 0;
    }

    private void yearAlone(int i, int at, int month) {
        int[] year = yearAt(at);
        if (year != null) {
            strong[i] = true;
            add(i, year[1], new Day(year[0], month, 0));
        }
    }

    private void withYear(int start, int end, int month, int day) {
        int from = word(start - 1).equals("día") ? start - 1 : start;
        int at = Set.of(",", "de", "del", "of").contains(word(end)) ? end + 1 : end;
        int[] year = yearAt(at);
        if (year != null) {
            bind(from, year[1], new Day(year[0], month, day));
        } else {
            bind(from, end, new Day(0, month, day));
        }
    }

    private int @Nullable [] yearAt(int at) {
        Numeral number = at < numbers.length ? numbers[at] : null;
        if (number == null) {
            return null;
        }
        int value =
                number.value().scale() <= 0
                                && number.value().compareTo(BigDecimal.valueOf(2200)) < 0
                        ? number.value().intValue()
                        : 0;
        boolean joined = Set.of(",", "de", "del", "of").contains(word(at - 1));
        if (value >= 1500 && (joined || (english && value >= 1900))) {
            return new int[] {value, number.end()};
        }
        int century = english && (value == 19 || value == 20 || value == 18) ? century(number) : 0;
        return century > 0 ? new int[] {century, centuryEnd(number)} : null;
    }

    /// `nineteen ninety-eight`, `twenty eighteen`, `nineteen oh five`.
    private int century(Numeral number) {
        int next = number.end();
        int low = minutesOrMore(next);
        if (low >= 10) {
            return number.value().intValue() * 100 + low;
        }
        if (low == 0
                && numbers[next] != null
                && minutesOrMore(numbers[next].end()) > 0
                && minutesOrMore(numbers[next].end()) < 10) {
            return number.value().intValue() * 100 + minutesOrMore(numbers[next].end());
        }
        return 0;
    }

    private int centuryEnd(Numeral number) {
        Numeral next = numbers[number.end()];
        return next == null
                ? number.end()
                : next.value().signum() == 0 && numbers[next.end()] != null
                        ? numbers[next.end()].end()
                        : next.end();
    }

    private int minutesOrMore(int at) {
        Numeral number = at < numbers.length ? numbers[at] : null;
        return number == null
                        || number.value().scale() > 0
                        || number.value().compareTo(BigDecimal.valueOf(99)) > 0
                ? -1
                : number.value().intValue();
    }

    private int @Nullable [] dayAt(int at) {
        Numeral number = at < numbers.length ? numbers[at] : null;
        if (number != null) {
            int value =
                    number.value().scale() <= 0
                                    && number.value().compareTo(BigDecimal.valueOf(31)) <= 0
                            ? number.value().intValue()
                            : 0;
            int hyphen = word(number.end()).equals("-") ? number.end() + 1 : number.end();
            int unit = words.ordinal(word(hyphen));
            if (english && value % 10 == 0 && value >= 20 && unit > 0 && unit < 10) {
                return new int[] {value + unit, hyphen + 1};
            }
            int end = number.end();
            boolean suffix = glued(end) && Set.of("st", "nd", "rd", "th").contains(word(end));
            return value > 0 ? new int[] {value, suffix ? end + 1 : end} : null;
        }
        int ordinal = at < tokens.size() ? words.ordinal(word(at)) : -1;
        return ordinal > 0 && ordinal <= 31 ? new int[] {ordinal, at + 1} : null;
    }

    /// The day that ends before `end`, and where it starts.
    private int @Nullable [] dayEndingAt(int end) {
        for (int start = Math.max(0, end - 4); start < end; start++) {
            if (Set.of("º", "ª", "°").contains(word(end - 1)) && number(start)) {
                int[] day = dayAt(start);
                if (day != null && day[1] >= end - 2) {
                    return new int[] {day[0], start};
                }
            }
            int[] day = dayAt(start);
            if (day != null && day[1] == end) {
                return new int[] {day[0], start};
            }
        }
        return null;
    }

    private void digitDate(int i) {
        if (!(number(i)
                && number(i + 2)
                && number(i + 4)
                && glued(i + 1)
                && glued(i + 2)
                && glued(i + 3)
                && glued(i + 4))) {
            return;
        }
        String mark = word(i + 1);
        String[] parts = {tokens.get(i).text(), tokens.get(i + 2).text(), tokens.get(i + 4).text()};
        boolean numbersOnly =
                String.join("", parts).chars().allMatch(Character::isDigit)
                        && parts[0].length() <= 4
                        && parts[1].length() <= 2
                        && parts[2].length() <= 4;
        if (!word(i + 3).equals(mark)
                || !Set.of("/", "-").contains(mark)
                || !numbersOnly
                || NUMBERED.contains(word(i - 1))
                || NUMBERED.contains(word(i - 2))) {
            return;
        }
        WrittenDate.of(parts[0], parts[1], parts[2], language)
                .ifPresent(
                        date ->
                                bind(
                                        i,
                                        i + 5,
                                        new Day(
                                                date.getYear(),
                                                date.getMonthValue(),
                                                date.getDayOfMonth())));
    }

    // --- digits and codes in a row

    /// One piece of what is spelled.
    private record Piece(int start, int end, String characters, boolean letters) {}

    private void runs() {
        List<Piece> row = new ArrayList<>();
        int i = 0;
        while (i < tokens.size()) {
            Piece piece = piece(i);
            if (piece != null) {
                row.add(piece);
                i = piece.end;
            } else if (!row.isEmpty()
                    && SEPARATORS.contains(word(i))
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

    private @Nullable Piece piece(int i) {
        if (skipped[i]) {
            return null;
        }
        Integer times = TIMES.get(word(i));
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
        if (Set.of("un", "una", "a").contains(word(i))) {
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
                                || TIMES.containsKey(word(piece.start)))) {
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
                zero |=
                        row.get(to).characters.startsWith("0")
                                || TIMES.containsKey(word(row.get(to).start));
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
            binding.addAll(
                    readings.stream()
                            .filter(r -> r.start <= first.start && r.end >= second.end)
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
                binding.remove(new Reading(first.start, second.end, new Day(year, 0, 0)));
            }
        }
    }

    // --- what two numbers share

    private void ranges() {
        List<Reading> more = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Numeral first = numbers[i];
            if (first == null) {
                continue;
            }
            for (Reading second : List.copyOf(readings)) {
                int gap = second.start - first.end();
                boolean las =
                        (gap == 2 && Set.of("las", "la", "the").contains(word(first.end() + 1)))
                                || (gap == 1 && Set.of("las", "la").contains(word(second.start)));
                if ((gap != 1 && !las) || !TO.contains(word(first.end()))) {
                    continue;
                }
                switch (second.value) {
                    case Time time when time.half() && hour(first.value()) > 0 -> {
                        int hour = hour(first.value()) % 12;
                        int at = hour * 60 + (time.minutes() >= 720 ? 720 : 0);
                        bind(i, first.end(), new Time(at, true));
                    }
                    case Amount amount -> {
                        BigDecimal scale = scale(second, amount.number());
                        if (first.value().compareTo(scale) < 0
                                && first.value().multiply(scale).compareTo(amount.number()) < 0) {
                            bind(
                                    i,
                                    first.end(),
                                    new Amount(first.value().multiply(scale), amount.currency()));
                        }
                    }
                    case Cardinal cardinal -> {
                        BigDecimal scale = scale(second, cardinal.number());
                        if (first.value().compareTo(scale) < 0
                                && first.value().multiply(scale).compareTo(cardinal.number()) < 0) {
                            bind(
                                    i,
                                    first.end(),
                                    new Cardinal(
                                            first.value().multiply(scale), cardinal.unit(), false));
                        }
                    }
                    case Day day
                            when day.month() > 0
                                    && day.day() > 0
                                    && first.value().compareTo(BigDecimal.valueOf(31)) <= 0
                                    && first.value().scale() <= 0 ->
                            more.add(
                                    new Reading(
                                            i,
                                            first.end(),
                                            new Day(0, day.month(), first.value().intValue())));
                    case Ordinal _,
                            Percent _,
                            Fraction _,
                            Weekday _,
                            Digits _,
                            Code _,
                            Time _,
                            Day _ -> {}
                }
            }
        }
        severed();
        // June 10 to 15; the 10th to the 15th of June
        for (Reading one : readings) {
            if (!(one.value instanceof Day day && day.month() > 0 && day.day() > 0)) {
                continue;
            }
            for (Reading other : readings) {
                if (!(other.value instanceof Day alone && alone.month() == 0 && alone.year() == 0)
                        && !(other.value instanceof Cardinal count
                                && count.unit().isEmpty()
                                && hour31(count))) {
                    continue;
                }
                int number =
                        other.value instanceof Day alone
                                ? alone.day()
                                : ((Cardinal) other.value).number().intValue();
                boolean behind =
                        other.start >= one.end
                                && other.start - one.end <= 2
                                && joined(one.end, other.start);
                boolean ahead =
                        one.start >= other.end
                                && one.start - other.end <= 2
                                && joined(other.end, one.start);
                if (behind || ahead) {
                    more.add(new Reading(other.start, other.end, new Day(0, day.month(), number)));
                }
            }
        }
        more.forEach(reading -> add(reading.start, reading.end, reading.value));
    }

    /// "Twenty, two dollars": a hesitation may have stood between the parts of one number.
    private void severed() {
        for (int i = 0; i < tokens.size(); i++) {
            Numeral tens = numbers[i];
            if (tens == null
                    || tens.written()
                    || hour(tens.value().divide(BigDecimal.TEN)) < 2
                    || tens.value().intValue() % 10 != 0
                    || !word(tens.end()).equals(",")) {
                continue;
            }
            for (Reading unit : List.copyOf(readings)) {
                if (unit.start != tens.end() + 1) {
                    continue;
                }
                switch (unit.value) {
                    case Amount amount when below10(amount.number()) ->
                            add(
                                    i,
                                    unit.end,
                                    new Amount(
                                            tens.value().add(amount.number()), amount.currency()));
                    case Cardinal cardinal when below10(cardinal.number()) ->
                            add(
                                    i,
                                    unit.end,
                                    new Cardinal(
                                            tens.value().add(cardinal.number()),
                                            cardinal.unit(),
                                            false));
                    case Cardinal _,
                            Amount _,
                            Ordinal _,
                            Percent _,
                            Fraction _,
                            Time _,
                            Day _,
                            Weekday _,
                            Digits _,
                            Code _ -> {}
                }
            }
        }
    }

    private static boolean below10(BigDecimal value) {
        return value.signum() > 0 && value.compareTo(BigDecimal.TEN) < 0;
    }

    private static boolean hour31(Cardinal count) {
        return count.number().scale() <= 0
                && count.number().signum() > 0
                && count.number().compareTo(BigDecimal.valueOf(31)) <= 0;
    }

    private boolean joined(int from, int to) {
        return TO.contains(word(from))
                && (to == from + 1 || Set.of("the", "el").contains(word(from + 1)));
    }

    /// What a number shares with the one before: the thousands of "two to three thousand".
    private BigDecimal scale(Reading reading, BigDecimal value) {
        boolean words = false;
        for (int i = reading.start; i < reading.end; i++) {
            words |=
                    Set.of("hundred", "thousand", "million", "billion", "mil", "millones", "grand")
                            .contains(word(i));
        }
        if (!words) {
            return BigDecimal.ONE;
        }
        for (int power : new int[] {9, 6, 3, 2}) {
            BigDecimal scale = BigDecimal.TEN.pow(power);
            if (value.compareTo(scale) >= 0 && value.remainder(scale).signum() == 0) {
                return scale;
            }
        }
        return BigDecimal.ONE;
    }

    // --- tokens

    private String word(int at) {
        return grammar.word(at);
    }

    private boolean number(int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).isNumber();
    }

    private boolean isWord(int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).isWord();
    }

    private boolean glued(int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).glued();
    }
}
