package io.sandalphone.harness.fakes.chat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The pieces in which a model makes its text: a word, or eight letters of a longer one, or a mark, each with the blanks before
/// it. Put together they are the text.
public final class Tokens {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:[\\p{L}\\p{M}\\p{N}'’]{1,8}|\\S)|\\s+$");

    private Tokens() {}

    public static List<String> of(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }
}
