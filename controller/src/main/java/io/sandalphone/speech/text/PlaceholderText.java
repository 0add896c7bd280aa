package io.sandalphone.speech.text;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.Span.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text as a translator may see it: a made-up word stands for each name, numbers stand as they are.
///
/// The made-up words look like part numbers, which rules and neural networks alike copy: letters that
/// no word of either language holds, and a digit. They are as plain as the text, so that a translator
/// that learns from capitals is not misled.
final class PlaceholderText {
    private static final String MASK = "qzx";

    private static final Pattern DIGITS =
            Pattern.compile(
                    "(" + NumericToken.DIGITS + ")(\\s?+(?:%|por ciento|percent|per cent))?+",
                    Pattern.CASE_INSENSITIVE);

    private final String original;
    private final List<Span> spans;
    private final Language from;
    private final Language to;
    private final String mask;

    PlaceholderText(String original, List<Span> spans, Language from, Language to) {
        this.original = original;
        this.spans = spans;
        this.from = from;
        this.to = to;
        String plain = original.toLowerCase(Locale.ROOT);
        var unused = new StringBuilder(MASK);
        while (plain.contains(unused)) {
            unused.append('x');
        }
        mask =
                original.equals(plain)
                        ? unused.toString()
                        : unused.toString().toUpperCase(Locale.ROOT);
    }

    /// What the translator sees.
    String sent() {
        var sent = new StringBuilder();
        int end = 0;
        int names = 0;
        for (Span span : spans) {
            sent.append(original, end, span.start());
            switch (span.kind()) {
                case Kind.Name _ -> sent.append(mask).append(++names);
                case Kind.Quantity _ -> sent.append(original, span.start(), span.end());
            }
            end = span.end();
        }
        return sent.append(original, end, original.length()).toString();
    }

    /// The translation with the names in it and the numbers written for the listener; empty when one
    /// of them is missing, changed or doubled, or a number came up that nobody said.
    Optional<String> revealed(String translated) {
        var names = new ArrayList<Kind.Name>();
        var numbers = new ArrayList<Kind.Quantity>();
        for (Span span : spans) {
            switch (span.kind()) {
                case Kind.Name name -> names.add(name);
                case Kind.Quantity number -> numbers.add(number);
            }
        }
        var matcher =
                Pattern.compile(
                                "(?<![\\p{L}\\p{N}])" + mask + "(\\d{1,4})(?![\\p{L}\\p{N}])",
                                Pattern.CASE_INSENSITIVE)
                        .matcher(translated);
        var seen = new boolean[names.size()];
        var revealed = new StringBuilder();
        var spoken = new StringBuilder();
        int end = 0;
        boolean whole = true;
        while (matcher.find()) {
            int name = Integer.parseInt(matcher.group(1)) - 1;
            if (name < 0 || name >= seen.length || seen[name]) {
                return Optional.empty();
            }
            seen[name] = true;
            String between = translated.substring(end, matcher.start());
            whole &= appendNumbers(between, numbers, revealed);
            spoken.append(between).append(" | ");
            String written = names.get(name).written();
            revealed.append(written);
            // "p. m." ends the sentence as well.
            boolean endMark = written.endsWith(".") && translated.startsWith(".", matcher.end());
            end = matcher.end() + (endMark ? 1 : 0);
        }
        String rest = translated.substring(end);
        whole &= appendNumbers(rest, numbers, revealed);
        spoken.append(rest);
        for (boolean each : seen) {
            whole &= each;
        }
        Set<String> words = NumberWords.in(spoken.toString(), to);
        whole &=
                numbers.stream()
                        .allMatch(left -> !left.percent() && words.contains(left.figure().value()));
        whole &=
                !spoken.toString().toLowerCase(Locale.ROOT).contains(mask.toLowerCase(Locale.ROOT));
        return whole ? Optional.of(revealed.toString()) : Optional.empty();
    }

    /// Appends `text`, writes its numbers for the listener and takes each from `expected`. False when
    /// there is one that was neither expected nor said in words.
    private boolean appendNumbers(String text, List<Kind.Quantity> expected, StringBuilder out) {
        Matcher matcher = DIGITS.matcher(text);
        boolean whole = true;
        int end = 0;
        while (matcher.find()) {
            out.append(text, end, matcher.start());
            String digits = matcher.group(1);
            boolean percent = matcher.group(2) != null;
            Optional<Kind.Quantity> match =
                    expected.stream()
                            .filter(number -> number.percent() == percent)
                            .filter(
                                    number ->
                                            NumericToken.readings(digits).stream()
                                                    .anyMatch(number.figure()::sameAs))
                            .findFirst();
            if (match.isPresent()) {
                expected.remove(match.get());
                out.append(match.get().figure().written(to));
            } else {
                NumericToken figure = NumericToken.of(digits, to);
                whole &= saidInWords(figure);
                out.append(figure.written(to));
            }
            out.append(percent ? matcher.group(2) : "");
            end = matcher.end();
        }
        out.append(text, end, text.length());
        return whole;
    }

    private boolean saidInWords(NumericToken figure) {
        Set<String> words = NumberWords.in(original, from);
        return words.contains(figure.value()) || (figure.value().contains(":") && !words.isEmpty());
    }
}
