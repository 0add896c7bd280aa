package io.sandalphone.speech.text.number;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A word, a number in digits or one mark of a text, from index `start` to before `end`.
///
/// @param word as it is looked up: in lower case, apostrophes straight
/// @param glued whether nothing stands between it and the token before
public record Token(Kind kind, String text, String word, int start, int end, boolean glued) {
    public enum Kind {
        WORD,
        NUMBER,
        MARK
    }

    /// `º` and `ª` are letters to Unicode, and marks here.
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(\\d++(?:[.,:]\\d++)*+)"
                            + "|((?![ºª])\\p{L}(?:(?![ºª])[\\p{L}\\p{M}])*+"
                            + "(?:['’](?![ºª])\\p{L}++)*+)"
                            + "|[^\\s\\u00a0]");

    public static List<Token> of(String text) {
        var last = new int[] {-1};
        return TOKEN.matcher(text).results().map(match -> of(match, last)).toList();
    }

    private static Token of(MatchResult match, int[] last) {
        Kind kind =
                match.group(1) != null
                        ? Kind.NUMBER
                        : match.group(2) != null ? Kind.WORD : Kind.MARK;
        boolean glued = last[0] == match.start();
        last[0] = match.end();
        return new Token(
                kind,
                match.group(),
                match.group().toLowerCase(Locale.ROOT).replace('’', '\''),
                match.start(),
                match.end(),
                glued);
    }

    public boolean is(String expected) {
        return word.equals(expected);
    }

    public boolean isNumber() {
        return kind == Kind.NUMBER;
    }

    public boolean isWord() {
        return kind == Kind.WORD;
    }

    public boolean capitalized() {
        return isWord() && Character.isUpperCase(text.charAt(0));
    }
}
