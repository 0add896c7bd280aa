package io.sandalphone.speech.text.aloud;

import com.google.i18n.phonenumbers.PhoneNumberUtil;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpokenSpan;
import io.sandalphone.speech.SpokenSpan.As;
import io.sandalphone.speech.text.lexicon.Lexicon;
import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.ReadText;
import io.sandalphone.speech.text.number.Reading;
import io.sandalphone.speech.text.number.Token;
import io.sandalphone.speech.text.number.ValueReader;
import io.sandalphone.speech.text.protect.Addresses;
import io.sandalphone.speech.text.value.Currencies;
import io.sandalphone.speech.text.value.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Finds what a voice would read wrong by itself: digits, signs, capitals and marks, each with how it is
/// to be read. Words, numbers in words among them, need nothing.
public final class ReadAloud {
    private static final Pattern SPELLED =
            Pattern.compile("(?<![\\p{L}\\p{N}])\\p{Lu}(?:-\\p{Lu}){2,}(?![\\p{L}\\p{N}])");
    private static final Pattern CODE =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}.,:$€£'’-])(?:\\d++\\((?:\\p{L})\\)"
                        + "|\\p{Lu}{1,3}+-\\d++(?![\\p{L}\\p{N}])"
                        + "|\\d++-\\p{Lu}(?![\\p{L}\\p{N}])|\\p{Lu}{2,3}+"
                        + " \\d{3,}+(?![\\p{L}\\p{N}])"
                        + "|(?=\\p{Lu}*+\\d)(?=\\d*+\\p{Lu})[\\p{Lu}\\d]++(?![\\p{L}\\p{N}])(?:"
                        + " (?=\\p{Lu}*+\\d)(?=\\d*+\\p{Lu})[\\p{Lu}\\d]++(?![\\p{L}\\p{N}]))*+)");
    private static final Pattern UNIT =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}.,])-?\\d++(?:[.,]\\d++)?+\\s?(?:°\\s?[CF]?|Ah|mAh|kWh|km/h|mph|"
                        + "mg|ml|mm|cm|km|kg|lb|lbs|oz|ft|in|h|g|m|l)(?![\\p{L}\\p{N}/])"
                        + "(?:\\s\\d++\\s?(?:in|oz))?+");
    private static final Pattern DIGITS =
            Pattern.compile("(?<![\\p{L}\\d])0\\d++(?![:.,]?\\d)|\\d{9,}+");

    private static final Pattern TELEPHONE =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}.,$-])\\+?\\d{1,4}(?:["
                        + " -]\\d{2,4}){1,4}(?![\\p{L}\\p{N}]|[.,]\\d)|(?<![\\p{L}\\p{N}.,$-])(?:911|\\d{7}|\\d{10})(?![\\p{L}\\p{N}]|[.,]\\d)");

    /// What looks like a number to call and is a day.
    private static final Pattern DATE = Pattern.compile("\\d{1,4}([-/.])\\d{1,2}\\1\\d{2,4}");

    /// Of an invoice: what would be a date has been found before.
    private static final Pattern NUMBERED =
            Pattern.compile("(?<![\\p{L}\\p{N}])\\d++(?:-\\d++){2,}(?![\\p{L}\\p{N}])");

    private static final Pattern EXTENSION =
            Pattern.compile(
                    "(?:extension|extensión|ext\\.?)(?: es)?(?: is)?(?: la)? (\\d++)",
                    Pattern.CASE_INSENSITIVE);

    private ReadAloud() {}

    /// What of `text`, to be spoken in `language`, is read in a special way; in its order.
    public static List<SpokenSpan> spans(String text, Language language) {
        List<SpokenSpan> spans = new ArrayList<>();
        Addresses.PATTERNS.forEach(pattern -> add(pattern, text, spans, As.INTERNET));
        telephones(text, language, spans);
        EXTENSION
                .matcher(text)
                .results()
                .forEach(
                        match ->
                                add(
                                        new SpokenSpan(match.start(1), match.end(1), As.DIGITS),
                                        spans));
        add(SPELLED, text, spans, As.CHARACTERS);
        ReadText read = ValueReader.read(text, language, List.of());
        values(read, spans, Set.of(As.FRACTION, As.CURRENCY, As.DATE, As.TIME, As.PERCENT));
        add(NUMBERED, text, spans, As.DIGITS);
        add(UNIT, text, spans, As.UNIT);
        add(CODE, text, spans, As.CHARACTERS);
        add(DIGITS, text, spans, As.DIGITS);
        values(read, spans, Set.of(As.values()));
        spans.sort(Comparator.comparingInt(SpokenSpan::start));
        return List.copyOf(spans);
    }

    /// `text` as any voice of `language` reads it right: its spans in words.
    public static String inWords(String text, Language language) {
        var words = new StringBuilder();
        int end = 0;
        for (SpokenSpan span : spans(text, language)) {
            words.append(text, /* start= */ end, span.start());
            words.append(InWords.of(text.substring(span.start(), span.end()), span.as(), language));
            end = span.end();
        }
        return words.append(text.substring(end)).toString();
    }

    private static void add(SpokenSpan span, List<SpokenSpan> spans) {
        boolean free =
                spans.stream()
                        .noneMatch(
                                other -> span.start() < other.end() && other.start() < span.end());
        if (free && span.start() < span.end()) {
            spans.add(span);
        }
    }

    private static void add(Pattern pattern, String text, List<SpokenSpan> spans, As as) {
        pattern.matcher(text).results().forEach(match -> add(trimmed(match, as), spans));
    }

    /// Without the marks that end the sentence.
    private static SpokenSpan trimmed(MatchResult match, As as) {
        String found = match.group();
        int end = found.length();
        while (end > 0 && ".,;:!?\"”»".indexOf(found.charAt(end - 1)) >= 0) {
            end--;
        }
        return new SpokenSpan(match.start(), match.start() + end, as);
    }

    /// Numbers that somebody could call, as they are written in the listener's region.
    private static void telephones(String text, Language language, List<SpokenSpan> spans) {
        String region = Currencies.region(language);
        PhoneNumberUtil.getInstance()
                .findNumbers(text, region, PhoneNumberUtil.Leniency.POSSIBLE, 20)
                .forEach(
                        match -> {
                            long digits =
                                    match.rawString().chars().filter(Character::isDigit).count();
                            boolean date = DATE.matcher(match.rawString()).matches();
                            if (digits >= 7
                                    && digits <= 15
                                    && !date
                                    && !list(match.rawString())
                                    && !amount(text, match.start(), match.end())
                                    && (match.rawString().length() > digits
                                            || !counted(text, match.end()))) {
                                add(
                                        new SpokenSpan(match.start(), match.end(), As.TELEPHONE),
                                        spans);
                            }
                        });
        TELEPHONE
                .matcher(text)
                .results()
                .filter(
                        match -> {
                            long digits = match.group().chars().filter(Character::isDigit).count();
                            boolean date = DATE.matcher(match.group()).matches();
                            return !date
                                    && !list(match.group())
                                    && (digits >= 7 || match.group().equals("911"))
                                    && !amount(text, match.start(), match.end())
                                    && (match.group().length() > digits
                                            || match.group().equals("911")
                                            || !counted(text, match.end()));
                        })
                .forEach(
                        match ->
                                add(
                                        new SpokenSpan(match.start(), match.end(), As.TELEPHONE),
                                        spans));
    }

    private static boolean amount(String text, int start, int end) {
        return (start > 0 && "$€£".indexOf(text.charAt(start - 1)) >= 0)
                || text.startsWith("%", end)
                || text.startsWith(" %", end);
    }

    /// "10 20 30 40" counts up: numbers one after the other, each further than the one before, by the same
    /// step or round. No telephone number is written so.
    private static boolean list(String text) {
        if (!text.matches("[1-9]\\d*+(?: [1-9]\\d*+){2,}+")) {
            return false;
        }
        long[] numbers = Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        long step = numbers[1] - numbers[0];
        boolean even = true;
        boolean round = true;
        for (int i = 0; i < numbers.length; i++) {
            round &= numbers[i] % 5 == 0;
            if (i > 0) {
                long next = numbers[i] - numbers[i - 1];
                even &= next == step;
                if (next == 0 || next > 0 != step > 0) {
                    return false;
                }
            }
        }
        return even || round;
    }

    /// "2000000 people" is a count, "2000000." a number to call.
    private static boolean counted(String text, int end) {
        return end + 1 < text.length()
                && text.charAt(end) == ' '
                && Character.isLetter(text.charAt(end + 1));
    }

    private static void values(ReadText read, List<SpokenSpan> spans, Set<As> wanted) {
        List<Reading> longest =
                read.readings().stream()
                        .sorted(
                                Comparator.comparingInt(
                                                (Reading reading) ->
                                                        read.end(reading) - read.start(reading))
                                        .reversed())
                        .toList();
        for (Reading reading : longest) {
            Optional<As> as = as(reading, read);
            if (as.isPresent() && wanted.contains(as.get())) {
                add(new SpokenSpan(start(reading, read), read.end(reading), as.get()), spans);
            }
        }
    }

    private static int start(Reading reading, ReadText read) {
        Token first = read.tokens().get(reading.start());
        boolean article = first.isWord() && Lexicon.mixed(Role.READ_APART, first.word());
        return article ? read.tokens().get(reading.start() + 1).start() : read.start(reading);
    }

    private static Optional<As> as(Reading reading, ReadText read) {
        List<Token> tokens = read.tokens().subList(reading.start(), reading.end());
        boolean digits =
                tokens.stream().anyMatch(Token::isNumber)
                        || tokens.stream().anyMatch(token -> "½¼¾".contains(token.text()));
        boolean roman =
                tokens.size() == 1
                        && tokens.getFirst().text().matches("[IVXLC]+")
                        && read.strong(reading);
        if (roman && reading.value() instanceof Value.Cardinal) {
            return Optional.of(As.ORDINAL);
        }
        if (!digits) {
            return Optional.empty();
        }
        if (reading.value() instanceof Value.Cardinal && year(reading, read)) {
            return Optional.empty();
        }
        boolean hasWord = tokens.stream().anyMatch(Token::isWord);
        boolean slash =
                tokens.stream().anyMatch(token -> token.is("/") || "½¼¾".contains(token.text()));
        return Optional.ofNullable(
                switch (reading.value()) {
                    case Value.Amount _ -> As.CURRENCY;
                    case Value.Percent _ -> As.PERCENT;
                    case Value.Fraction part ->
                            part.numerator() < part.denominator() ? As.FRACTION : null;
                    case Value.Ordinal _ -> As.ORDINAL;
                    case Value.Time _ ->
                            hasWord || tokens.getFirst().text().contains(":") ? As.TIME : null;
                    case Value.Day day -> day.month() > 0 ? As.DATE : null;
                    case Value.Cardinal cardinal when slash ->
                            cardinal.number().scale() > 0 ? As.FRACTION : null;
                    case Value.Cardinal cardinal ->
                            cardinal.unit().isEmpty()
                                    ? (tokens.size() <= 2
                                                    && tokens.stream()
                                                                    .filter(Token::isNumber)
                                                                    .count()
                                                            == 1
                                            ? As.CARDINAL
                                            : null)
                                    : As.UNIT;
                    case Value.Weekday _, Value.Digits _, Value.Code _ -> null;
                });
    }

    /// A year or a decade.
    private static boolean year(Reading reading, ReadText read) {
        Token first = read.tokens().get(reading.start());
        boolean decade =
                reading.end() < read.tokens().size()
                        && read.tokens().get(reading.end()).is("s")
                        && read.tokens().get(reading.end()).glued();
        boolean year =
                first.text().matches("1[1-9]\\d\\d|20\\d\\d")
                        && reading.start() > 0
                        && Lexicon.mixed(
                                Role.BEFORE_YEAR, read.tokens().get(reading.start() - 1).word());
        return decade || year;
    }

    /// The name of a way to read, as it is told to people.
    public static String name(As as) {
        return as.name().toLowerCase(Locale.ROOT);
    }
}
