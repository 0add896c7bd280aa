package io.sandalphone.speech.text.protect;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.number.ReadText;
import io.sandalphone.speech.text.number.Reading;
import io.sandalphone.speech.text.number.ValueReader;
import io.sandalphone.speech.text.protect.Span.Kind;
import io.sandalphone.speech.text.value.Currencies;
import io.sandalphone.speech.text.value.NumericToken;
import io.sandalphone.speech.text.value.Value;
import io.sandalphone.speech.text.value.WrittenDate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds what must arrive whole in what is said in one language to a speaker of another.
///
/// Where two kinds of span overlap, the one found by the earlier finder stands: an address holds
/// names and numbers, a date holds numbers. Every pattern is possessive where it repeats, so the time
/// grows with the text and not faster. Thread-safe.
final class SpanFinder {
    private static final String BEFORE_WORD = "(?<![\\p{L}\\p{N}])";
    private static final String AFTER_WORD = "(?![\\p{L}\\p{N}])";

    private static final Pattern DATE =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}./-])(?:(\\d{4})([/.-])(\\d{1,2})\\2(\\d{1,2})"
                            + "|(\\d{1,2})([/.-])(\\d{1,2})\\6(\\d{4}|\\d{2}))"
                            + "(?![\\p{L}\\p{N}/-]|\\.\\d)");

    private static final Pattern HALF_DAY_TIME =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}.,:])(\\d{1,2}(?::\\d{2})?+)\\s?+([ap])(?:\\.\\s?+m\\.|m)"
                            + AFTER_WORD,
                    Pattern.CASE_INSENSITIVE);

    /// Groups of digits, as in telephone numbers and anything that is spelled.
    private static final Pattern DIGIT_GROUPS =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}.,:/])(?:\\+\\s?+)?+\\(?+\\d++(?:[ .()-]{1,2}+\\d++)*+"
                            + "(?![\\p{L}\\p{N}/]|[.,:]\\d)");

    private static final Pattern GROUP_OF_DIGITS = Pattern.compile("\\d++");

    private static final String MIXED = "(?=\\p{L}*+\\p{N})(?=\\p{N}*+\\p{L})[\\p{L}\\p{N}]++";

    private static final Pattern WORD_WITH_DIGITS =
            Pattern.compile("(?<![\\p{L}\\p{N}.,:])" + MIXED + "(?: " + MIXED + ")*+");

    private static final Pattern NUMBER =
            Pattern.compile("(?<!\\d)(" + NumericToken.DIGITS + ")(\\s?+%)?+");

    private static final Pattern ORDINAL_OR_DECADE =
            Pattern.compile(
                    "\\d++(?:st|nd|rd|th|s|[ºª°]|er|ro|ra|do|da|to|ta|mo|ma|vo|va|no|na)",
                    Pattern.CASE_INSENSITIVE);

    private static final int SHORTEST_TELEPHONE_NUMBER = 7;
    private static final int FEWEST_GROUPS = 3;

    private final Language from;
    private final Language to;
    private final Map<String, String> translations = new HashMap<>();
    private final Optional<Pattern> terms;

    SpanFinder(Glossary glossary, Language from, Language to) {
        this.from = from;
        this.to = to;
        Map<String, String> known = glossary.translations(from, to);
        known.forEach((say, as) -> translations.put(folded(say), as));
        terms =
                known.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                Pattern.compile(
                                        BEFORE_WORD
                                                + known.keySet().stream()
                                                        .sorted(
                                                                Comparator.comparingInt(
                                                                                String::length)
                                                                        .reversed())
                                                        .map(SpanFinder::words)
                                                        .collect(
                                                                Collectors.joining("|", "(?:", ")"))
                                                + AFTER_WORD,
                                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }

    /// The words of a term, however much space is between them.
    private static String words(String term) {
        return Pattern.compile("\\s+")
                .splitAsStream(term.strip())
                .map(Pattern::quote)
                .collect(Collectors.joining("\\s++"));
    }

    private static String folded(String term) {
        return term.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /// The spans of `text` in their order, none overlapping another.
    List<Span> in(String text) {
        List<Span> spans = new ArrayList<>();
        Addresses.PATTERNS.forEach(pattern -> find(pattern, text, spans, this::address));
        terms.ifPresent(pattern -> find(pattern, text, spans, this::term));
        SpokenNames.in(text, from).stream()
                .filter(name -> spans.stream().noneMatch(name::overlaps))
                .toList()
                .forEach(spans::add);
        ReadText read = ValueReader.read(text, from, List.copyOf(spans));
        find(DATE, text, spans, match -> date(match, read));
        find(HALF_DAY_TIME, text, spans, this::halfDayTime);
        money(read, spans);
        find(DIGIT_GROUPS, text, spans, this::digitGroups);
        find(WORD_WITH_DIGITS, text, spans, match -> wordWithDigits(match, read));
        find(NUMBER, text, spans, this::number);
        spans.sort(Comparator.comparingInt(Span::start));
        return spans;
    }

    private static void find(
            Pattern pattern,
            String text,
            List<Span> spans,
            Function<MatchResult, Optional<Span>> span) {
        pattern.matcher(text)
                .results()
                .flatMap(match -> span.apply(match).stream())
                .filter(found -> spans.stream().noneMatch(found::overlaps))
                .toList()
                .forEach(spans::add);
    }

    private static Optional<Span> figure(MatchResult match, Protected.Type type, String written) {
        return Optional.of(new Span(match.start(), match.end(), new Kind.Figure(type, written)));
    }

    /// Without the marks that end the sentence around it.
    private Optional<Span> address(MatchResult match) {
        String found = match.group();
        int end = found.length();
        while (end > 0 && ".,;:!?)]}'’”»".indexOf(found.charAt(end - 1)) >= 0) {
            end--;
        }
        String address = found.substring(0, end);
        return Optional.of(
                new Span(
                        match.start(),
                        match.start() + end,
                        new Kind.Name(Protected.Type.ADDRESS, address)));
    }

    private Optional<Span> term(MatchResult match) {
        String as = translations.get(folded(match.group()));
        return as == null
                ? Optional.empty()
                : Optional.of(
                        new Span(
                                match.start(),
                                match.end(),
                                new Kind.Name(Protected.Type.TERM, as)));
    }

    /// Only what reads as a date: an invoice has a number.
    private Optional<Span> date(MatchResult match, ReadText read) {
        boolean yearFirst = match.group(1) != null;
        int group = yearFirst ? 1 : 5;
        String mark = match.group(group + 1);
        String last = match.group(group + 3);
        if (!yearFirst && last.length() == 2 && !mark.equals("/")) {
            return Optional.empty();
        }
        boolean numbered =
                !mark.equals(".")
                        && read.readings().stream()
                                .noneMatch(
                                        reading ->
                                                reading.value() instanceof Value.Day day
                                                        && day.year() > 0
                                                        && day.day() > 0
                                                        && read.start(reading) == match.start());
        return numbered
                ? figure(match, Protected.Type.DIGITS, match.group())
                : WrittenDate.of(match.group(group), match.group(group + 2), last, from)
                        .flatMap(
                                date ->
                                        figure(
                                                match,
                                                Protected.Type.DATE,
                                                WrittenDate.written(date, to)));
    }

    private Optional<Span> halfDayTime(MatchResult match) {
        boolean morning = match.group(2).equalsIgnoreCase("a");
        boolean spanish = to.base().equals("es");
        String half = morning ? "a.m." : "p.m.";
        return figure(
                match,
                Protected.Type.TIME,
                match.group(1) + " " + (spanish ? half.replace(".m", ". m") : half));
    }

    /// Amounts with a currency sign, which means another currency where the listener lives.
    private void money(ReadText read, List<Span> spans) {
        for (Reading reading : read.readings()) {
            String said = read.text(reading);
            if (reading.value() instanceof Value.Amount amount
                    && said.codePoints().anyMatch(point -> "$€£".indexOf(point) >= 0)) {
                var span =
                        new Span(
                                read.start(reading),
                                read.start(reading) + said.length(),
                                new Kind.Figure(
                                        Protected.Type.AMOUNT, Currencies.written(amount, to)));
                if (spans.stream().noneMatch(span::overlaps)) {
                    spans.add(span);
                }
            }
        }
    }

    private Optional<Span> digitGroups(MatchResult match) {
        String found = match.group();
        long digits = found.chars().filter(Character::isDigit).count();
        long groups = GROUP_OF_DIGITS.matcher(found).results().count();
        boolean plus = found.startsWith("+");
        boolean number = found.matches(NumericToken.DIGITS);
        boolean spelled =
                plus
                        || groups >= FEWEST_GROUPS
                        || (groups > 1 && digits >= SHORTEST_TELEPHONE_NUMBER);
        return spelled && !number ? figure(match, Protected.Type.DIGITS, found) : Optional.empty();
    }

    /// A word of letters and digits, unless it is a number with its unit: `20k`, `10mm`.
    private Optional<Span> wordWithDigits(MatchResult match, ReadText read) {
        String word = match.group();
        boolean mixed =
                word.chars().anyMatch(Character::isDigit)
                        && word.chars().anyMatch(Character::isLetter)
                        && !ORDINAL_OR_DECADE.matcher(word).matches();
        boolean counted =
                read.readings().stream()
                        .anyMatch(
                                reading ->
                                        reading.value() instanceof Value.Cardinal
                                                && read.start(reading) == match.start()
                                                && read.text(reading).length() >= word.length());
        return mixed && !counted ? figure(match, Protected.Type.CODE, word) : Optional.empty();
    }

    private Optional<Span> number(MatchResult match) {
        String percent = match.group(2) == null ? "" : "%";
        String written = NumericToken.of(match.group(1), from).written(to) + percent;
        return Optional.of(
                new Span(
                        match.start(),
                        match.end(),
                        new Kind.Quantity(Protected.Type.CARDINAL, written)));
    }
}
