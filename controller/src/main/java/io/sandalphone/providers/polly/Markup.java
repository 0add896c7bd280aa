package io.sandalphone.providers.polly;

import software.amazon.awssdk.services.polly.model.TextType;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// The form in which text goes to Polly: plain where that will do, SSML where the pace is to differ.
///
/// @param ratePercent the pace of speech, 100 being the voice's own; empty leaves it alone
record Markup(OptionalInt ratePercent) {
    /// What Polly takes in one request: characters it bills, which are those of the text, and
    /// characters in all, which count tags and escapes too.
    private static final int MOST_BILLED = 3000;

    private static final int MOST_IN_ALL = 6000;

    private static final String MARKS = ".!?…。！？";
    private static final String CLOSING = "\"'”’»)]";

    TextType type() {
        return ratePercent.isPresent() ? TextType.SSML : TextType.TEXT;
    }

    /// `text` as Polly is to get it.
    String render(String text) {
        var rendered = new StringBuilder(opening());
        text.codePoints().forEach(point -> rendered.append(rendered(point)));
        return rendered.append(closing()).toString();
    }

    /// `text` in pieces that each fit into one request, cut after sentences where there are any, then
    /// between words, then anywhere. What is blank is left out, so there may be none.
    List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        String left = text.strip();
        while (!left.isEmpty()) {
            int end = cut(left, longestFitting(left));
            pieces.add(left.substring(0, end).strip());
            left = left.substring(end).strip();
        }
        return pieces;
    }

    /// How many characters of `piece` Polly bills: all but tags.
    static int billed(String piece) {
        return piece.codePointCount(0, piece.length());
    }

    private String opening() {
        return ratePercent.isPresent()
                ? "<speak><prosody rate=\"" + ratePercent.getAsInt() + "%\">"
                : "";
    }

    private String closing() {
        return ratePercent.isPresent() ? "</prosody></speak>" : "";
    }

    private String rendered(int point) {
        if (!isXmlCharacter(point)) {
            return " ";
        }
        if (ratePercent.isEmpty()) {
            return Character.toString(point);
        }
        return switch (point) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&apos;";
            default -> Character.toString(point);
        };
    }

    /// XML 1.0, 2.2. The others, which nobody pronounces, would make SSML invalid.
    private static boolean isXmlCharacter(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xd7ff)
                || (point >= 0xe000 && point <= 0xfffd)
                || point >= 0x10000;
    }

    private int longestFitting(String text) {
        int billed = 0;
        int inAll = opening().length() + closing().length();
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            billed++;
            inAll += rendered(point).length();
            if (billed > MOST_BILLED || inAll > MOST_IN_ALL) {
                return end;
            }
            end += Character.charCount(point);
        }
        return end;
    }

    private static int cut(String text, int most) {
        if (most == text.length()) {
            return most;
        }
        int wordEnd = 0;
        for (int end = most; end > 0; end--) {
            if (Character.isWhitespace(text.charAt(end))) {
                wordEnd = Math.max(wordEnd, end);
                if (endsSentence(text, end)) {
                    return end;
                }
            }
        }
        return wordEnd > 0 ? wordEnd : most;
    }

    private static boolean endsSentence(String text, int end) {
        int last = end - 1;
        while (last > 0 && CLOSING.indexOf(text.charAt(last)) >= 0) {
            last--;
        }
        return MARKS.indexOf(text.charAt(last)) >= 0;
    }
}
