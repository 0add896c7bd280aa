package io.sandalphone.agent;

import java.util.regex.Pattern;

/// Makes of what a language model writes what a voice can say: no Markdown, no marks of lists and tables, no addresses of
/// web pages, no emoji. The words stay as they are, in their order. Numbers and signs are for
/// [io.sandalphone.speech.text.aloud.ReadAloud].
final class Speakable {
    private static final Pattern FENCE = Pattern.compile("(?m)^\\s*(```|~~~).*$");
    private static final Pattern RULE = Pattern.compile("(?m)^\\s*([-*_=]\\s*){3,}$");
    private static final Pattern TABLE_RULE =
            Pattern.compile("(?m)^\\s*\\|?\\s*:?-{2,}:?\\s*(\\|\\s*:?-{2,}:?\\s*)*\\|?\\s*$");
    private static final Pattern HEADING = Pattern.compile("(?m)^\\s*#{1,6}\\s+");
    private static final Pattern QUOTE = Pattern.compile("(?m)^\\s*(>\\s?)+");
    private static final Pattern BULLET =
            Pattern.compile("(?m)^\\s*(?:[-*+•◦▪–]|\\(?[0-9]{1,2}[.)])\\s+(\\[[ xX]]\\s+)?");
    private static final Pattern AMOUNT = Pattern.compile("\\s*(?!1[.)])[0-9]{1,2}[.)]");
    private static final Pattern IMAGE = Pattern.compile("!\\[([^\\]]*)]\\([^)]*\\)");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\([^)\\s]*\\)");
    private static final Pattern ADDRESS =
            Pattern.compile(
                    "\\(?<?\\b(?:https?://|www\\.)[^\\s<>()]*[^\\s<>().,;:!?]>?\\)?",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]{0,80}>");
    private static final Pattern STRONG = Pattern.compile("\\*{1,3}(?=\\S)|(?<=\\S)\\*{1,3}|~~|`+");
    private static final Pattern UNDERLINE =
            Pattern.compile("(?<![\\p{L}\\p{N}])_{1,3}(?=\\S)|(?<=\\S)_{1,3}(?![\\p{L}\\p{N}])");
    private static final Pattern EMOJI =
            Pattern.compile(
                    "[\\p{IsEmoji_Presentation}\\p{IsExtended_Pictographic}&&[^\\p{IsDigit}#*©®™]]"
                        + "[\\x{FE0F}\\x{200D}\\x{1F3FB}-\\x{1F3FF}]*|[\\x{1F3FB}-\\x{1F3FF}\\x{FE0F}\\x{200D}\\x{20E3}]");
    private static final Pattern CELLS = Pattern.compile("\\s*\\|\\s*");
    private static final Pattern TIMES = Pattern.compile("(?<=[0-9]) ?\\* ?(?=[0-9])");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\\\\`*_{}\\[\\]()#+.!>~|-])");
    private static final Pattern EMPTY_BRACKETS = Pattern.compile("[(\\[]\\s*[)\\]]");
    private static final Pattern SPACE_BEFORE_MARK = Pattern.compile("\\s+([.,;:!?…])(?=\\s|$)");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]");

    private Speakable() {}

    /// What of `text`, which begins a line, is to be said; empty where that is nothing.
    static String of(String text) {
        return inline(lines(text));
    }

    /// The same of a text that goes on with a line: what stands first in it is no mark of a list, but a day or an amount.
    static String goingOn(String text) {
        int end = text.indexOf('\n');
        return inline(end < 0 ? text : text.substring(0, end + 1) + lines(text.substring(end + 1)));
    }

    /// Whether the first line of an answer begins with a number that no list begins with: a day, an amount.
    static boolean beginsWithAmount(String text) {
        return AMOUNT.matcher(text).lookingAt();
    }

    /// Without what lines begin with, or are made of.
    private static String lines(String text) {
        String said = FENCE.matcher(text).replaceAll("");
        said = TABLE_RULE.matcher(said).replaceAll("");
        said = RULE.matcher(said).replaceAll("");
        said = QUOTE.matcher(said).replaceAll("");
        said = HEADING.matcher(said).replaceAll("");
        return BULLET.matcher(said).replaceAll("");
    }

    private static String inline(String text) {
        String said = IMAGE.matcher(text).replaceAll("$1");
        said = LINK.matcher(said).replaceAll("$1");
        said = ADDRESS.matcher(said).replaceAll("");
        said = TAG.matcher(said).replaceAll("");
        said = ESCAPE.matcher(said).replaceAll("$1");
        said = TIMES.matcher(said).replaceAll(" × ");
        said = STRONG.matcher(said).replaceAll("");
        said = UNDERLINE.matcher(said).replaceAll("");
        said = EMOJI.matcher(said).replaceAll("");
        said = cells(said);
        said = EMPTY_BRACKETS.matcher(said).replaceAll("");
        said = SPACE.matcher(said).replaceAll(" ").strip();
        said = SPACE_BEFORE_MARK.matcher(said).replaceAll("$1");
        return WORD.matcher(said).find() ? said : "";
    }

    /// The cells of a table's row, as an enumeration.
    private static String cells(String text) {
        if (text.indexOf('|') < 0) {
            return text;
        }
        String row = text.strip().replaceFirst("^\\|\\s*", "").replaceFirst("\\s*\\|$", "");
        return CELLS.matcher(row).replaceAll(", ");
    }
}
