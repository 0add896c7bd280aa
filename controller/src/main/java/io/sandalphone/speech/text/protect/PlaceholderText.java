package io.sandalphone.speech.text.protect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text as a translator may see it: a made-up word stands for each name and each number that is taken
/// past it, other numbers stand as they are.
///
/// The made-up words look like part numbers, which rules and neural networks alike copy: letters that
/// no word of either language holds, and a digit. They are as plain as the text, so that a translator
/// that learns from capitals is not misled.
final class PlaceholderText {
    private static final String MASK = "qzx";

    private final String original;
    private final List<Span> masked;
    private final String mask;
    private final Pattern masks;

    PlaceholderText(String original, List<Span> spans) {
        this.original = original;
        masked = spans.stream().filter(Span::masked).toList();
        String plain = original.toLowerCase(Locale.ROOT);
        var unused = new StringBuilder(MASK);
        while (plain.contains(unused)) {
            unused.append('x');
        }
        mask =
                original.equals(plain)
                        ? unused.toString()
                        : unused.toString().toUpperCase(Locale.ROOT);
        masks =
                Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + mask + "(\\d{1,4})(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE);
    }

    /// What the translator sees.
    String sent() {
        var sent = new StringBuilder();
        int end = 0;
        int names = 0;
        for (Span span : masked) {
            sent.append(original, /* start= */ end, span.start()).append(mask).append(++names);
            end = span.end();
        }
        return sent.append(original, end, original.length()).toString();
    }

    /// A stretch of a text that stands for the `index`-th masked span.
    private record Found(int index, int start, int end) {}

    /// `translation`, in which what is masked stands in plain sight, as a translator would have answered.
    ///
    /// @param same finds where the translation says what a span says, in other words
    String masked(String translation, Finder same) {
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < masked.size(); i++) {
            Span span = masked.get(i);
            String text = original.substring(span.start(), span.end());
            int index = i;
            verbatim(translation, text, found)
                    .or(() -> verbatim(translation, span.written(), found))
                    .or(() -> same.find(span, start -> free(start, found)))
                    .ifPresent(at -> found.add(new Found(index, at[0], at[1])));
        }
        found.sort(Comparator.comparingInt(Found::start));
        var answer = new StringBuilder();
        int end = 0;
        for (Found each : found) {
            answer.append(translation, /* start= */ end, each.start);
            answer.append(glued(translation, each.start - 1) ? " " : "");
            answer.append(mask).append(each.index + 1);
            answer.append(glued(translation, each.end) ? " " : "");
            end = each.end;
        }
        return answer.append(translation.substring(end)).toString();
    }

    /// Finds a span in a translation by what it says.
    @FunctionalInterface
    interface Finder {
        /// Where it stands: start and end. `free` says whether nothing else was found there.
        Optional<int[]> find(Span span, Predicate<int[]> free);
    }

    private static boolean glued(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }

    private static boolean free(int[] at, List<Found> found) {
        return found.stream().noneMatch(other -> at[0] < other.end && other.start < at[1]);
    }

    private static Optional<int[]> verbatim(String translation, String text, List<Found> found) {
        Matcher matcher =
                Pattern.compile(
                                "(?<![\\p{L}\\p{N}])" + Pattern.quote(text) + "(?![\\p{L}\\p{N}])",
                                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(translation);
        while (matcher.find()) {
            int[] at = {matcher.start(), matcher.end()};
            if (free(at, found)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /// A translation with everything in it that was taken past the translator.
    ///
    /// @param names where those stand that hold no number
    record Revealed(String text, List<Span> names) {}

    /// The translation with what was masked; empty when one of it is missing, changed or doubled.
    Optional<Revealed> revealed(String translated) {
        var seen = new boolean[masked.size()];
        var revealed = new StringBuilder();
        List<Span> names = new ArrayList<>();
        var between = new StringBuilder();
        int end = 0;
        Matcher matcher = masks.matcher(translated);
        while (matcher.find()) {
            int index = Integer.parseInt(matcher.group(1)) - 1;
            if (index < 0 || index >= seen.length || seen[index]) {
                return Optional.empty();
            }
            seen[index] = true;
            revealed.append(translated, /* start= */ end, matcher.start());
            between.append(translated, /* start= */ end, matcher.start()).append(' ');
            Span span = masked.get(index);
            int start = revealed.length();
            revealed.append(span.written());
            if (span.kind() instanceof Span.Kind.Name) {
                names.add(new Span(start, revealed.length(), span.kind()));
            }
            // "p. m." ends the sentence as well.
            boolean endMark =
                    span.written().endsWith(".") && translated.startsWith(".", matcher.end());
            end = matcher.end() + (endMark ? 1 : 0);
        }
        between.append(translated, end, translated.length());
        revealed.append(translated, end, translated.length());
        boolean left =
                between.toString().toLowerCase(Locale.ROOT).contains(mask.toLowerCase(Locale.ROOT));
        for (boolean each : seen) {
            left |= !each;
        }
        return left ? Optional.empty() : Optional.of(new Revealed(revealed.toString(), names));
    }
}
