package io.sandalphone.harness.converse;

import io.sandalphone.harness.fakes.chat.PlainWords;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Words that are looked for in what was heard, in capitals or not, with accents or without, whatever the marks between them.
///
/// @param alternatives any of which will do, such as `nine` and `9`
public record Phrase(List<String> alternatives) {
    public Phrase {
        alternatives = List.copyOf(alternatives);
    }

    /// As it stands in a file: alternatives with `|` between them. Throws `IllegalArgumentException` where one has no word.
    public static Phrase of(String written) {
        List<String> alternatives =
                Arrays.stream(written.split("\\|", -1)).map(String::strip).toList();
        if (alternatives.stream().anyMatch(each -> PlainWords.of(each).isBlank())) {
            throw new IllegalArgumentException("no word in \"" + written + '"');
        }
        return new Phrase(alternatives);
    }

    /// Where it ends in `plain`, which [PlainWords] made, at or after `from`; empty where it is not.
    public OptionalInt endIn(String plain, int from) {
        int first = Integer.MAX_VALUE;
        int end = -1;
        for (String alternative : alternatives) {
            String words = PlainWords.of(alternative);
            int at = plain.indexOf(words, from);
            if (at >= 0 && at < first) {
                first = at;
                // The blank behind it is the one before the next.
                end = at + words.length() - 1;
            }
        }
        return end < 0 ? OptionalInt.empty() : OptionalInt.of(end);
    }

    /// Whether it is anywhere in `text`.
    public boolean isIn(String text) {
        return endIn(PlainWords.of(text), 0).isPresent();
    }

    /// The first of `phrases` that does not come in `text` after those before it; empty when all do.
    public static List<Phrase> missing(List<Phrase> phrases, String text) {
        String plain = PlainWords.of(text);
        int from = 0;
        for (Phrase phrase : phrases) {
            OptionalInt end = phrase.endIn(plain, from);
            if (end.isEmpty()) {
                return List.of(phrase);
            }
            from = end.getAsInt();
        }
        return List.of();
    }

    /// As it stands in a file.
    @Override
    public String toString() {
        return String.join("|", alternatives);
    }
}
