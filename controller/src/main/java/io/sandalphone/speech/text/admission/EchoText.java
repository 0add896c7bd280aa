package io.sandalphone.speech.text.admission;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.lexicon.Lexicon;
import io.sandalphone.speech.text.lexicon.Role;
import io.sandalphone.speech.text.number.Comparison;
import io.sandalphone.speech.text.number.ReadText;
import io.sandalphone.speech.text.number.Token;
import io.sandalphone.speech.text.number.ValueReader;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Compares what was heard with what the speaker's telephone was sent, where their sound is alike: the
/// words confirm an echo, or they do not.
///
/// One to three words confirm nothing. Nor do words with another number, another day of the week or
/// another negation, nor those that somebody's own follow. A beginning or an end may be lost, and a word
/// be misheard.
public final class EchoText {
    private static final int MOST_OF_AN_ANSWER = 3;

    /// Nobody hears so much in one breath, and the work must not grow with what a recognizer makes up.
    private static final int MOST_TOKENS = 400;

    /// A misheard word, which may have become two.
    private static final int MOST_MISHEARD = 2;

    /// So many words beside an echo are somebody's own, and no misheard ones.
    private static final int FEWEST_OWN = 3;

    private static final Pattern CLOSING_MARKS = Pattern.compile("^[\\s.,;:!?…)\"”»]++");

    private EchoText() {}

    /// What of `heard`, in `language`, the speaker said themselves, where the sound of what was `sent` is
    /// in it: all of it, nothing (empty), or what stands before and behind the echo.
    public static String own(String heard, String sent, Language language) {
        if (confirms(heard, sent, language)) {
            return "";
        }
        EchoStretch echo = EchoStretch.of(heard, sent);
        boolean before = echo.before() >= FEWEST_OWN;
        boolean behind = echo.behind() >= FEWEST_OWN;
        String between =
                heard.substring(before ? echo.from() : 0, behind ? echo.to() : heard.length());
        if ((!before && !behind)
                || echo.common() <= MOST_OF_AN_ANSWER
                || !confirms(between, sent, language)) {
            return heard;
        }
        String first = before ? heard.substring(0, echo.from()).stripTrailing() : "";
        String rest =
                behind ? CLOSING_MARKS.matcher(heard.substring(echo.to())).replaceFirst("") : "";
        return (first + " " + rest).strip();
    }

    /// Whether `heard`, in `language`, is what was `sent` coming back.
    public static boolean confirms(String heard, String sent, Language language) {
        ReadText own = ValueReader.read(heard, language, List.of());
        ReadText other = ValueReader.read(sent, language, List.of());
        long words = own.tokens().stream().filter(token -> !isMark(token)).count();
        if (words <= MOST_OF_AN_ANSWER
                || Math.max(own.tokens().size(), other.tokens().size()) > MOST_TOKENS) {
            return false;
        }
        List<Integer> known = places(other);
        boolean[][] matched = matched(words(own, places(own)), words(other, known));
        long misheard = count(matched[0], false);
        if (count(matched[0], true) == 0 || misheard > MOST_MISHEARD) {
            return false;
        }
        return sameTurns(own, other, known, matched[1]) && sameNumbers(own, other);
    }

    private static boolean isMark(Token token) {
        return token.kind() == Token.Kind.MARK;
    }

    /// The tokens that are words and no numbers.
    private static List<Integer> places(ReadText read) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < read.tokens().size(); i++) {
            if (read.tokens().get(i).isWord() && !inValue(read, i)) {
                places.add(i);
            }
        }
        return places;
    }

    private static boolean inValue(ReadText read, int at) {
        return read.readings().stream()
                .anyMatch(
                        reading ->
                                reading.start() <= at
                                        && at < reading.end()
                                        && read.strong(reading));
    }

    private static String plain(Token token) {
        return EchoStretch.plain(token.word()).replace("'", "");
    }

    private static List<String> words(ReadText read, List<Integer> places) {
        return places.stream().map(place -> plain(read.tokens().get(place))).toList();
    }

    /// Which words of each are in the longest common order.
    private static boolean[][] matched(List<String> said, List<String> known) {
        var longest = new int[said.size() + 1][known.size() + 1];
        for (int i = said.size() - 1; i >= 0; i--) {
            for (int j = known.size() - 1; j >= 0; j--) {
                longest[i][j] =
                        said.get(i).equals(known.get(j))
                                ? longest[i + 1][j + 1] + 1
                                : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        var both = new boolean[][] {new boolean[said.size()], new boolean[known.size()]};
        int i = 0;
        int j = 0;
        while (i < said.size() && j < known.size()) {
            if (said.get(i).equals(known.get(j))) {
                both[0][i++] = true;
                both[1][j++] = true;
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return both;
    }

    private static long count(boolean[] values, boolean wanted) {
        long count = 0;
        for (boolean value : values) {
            count += value == wanted ? 1 : 0;
        }
        return count;
    }

    /// Whether what came back denies and affirms as that part of the original did.
    private static boolean sameTurns(
            ReadText own, ReadText other, List<Integer> known, boolean[] matched) {
        int first = 0;
        int last = matched.length - 1;
        while (first < last && !matched[first]) {
            first++;
        }
        while (last > first && !matched[last]) {
            last--;
        }
        // A negation may stand just before what came back, and not have been said.
        int from = Math.max(0, first - 2);
        List<String> ofAll = turns(other.tokens().subList(known.get(from), known.get(last) + 1));
        List<String> ofPart = turns(other.tokens().subList(known.get(first), known.get(last) + 1));
        List<String> said = turns(own.tokens());
        return said.equals(ofPart) && (first == 0 || first > 2 || said.equals(ofAll));
    }

    private static List<String> turns(List<Token> tokens) {
        List<String> turns = new ArrayList<>();
        for (Token token : tokens) {
            String word = plain(token);
            if (token.word().endsWith("n't")) {
                turns.add("not");
            } else if (Lexicon.mixed(Role.TURNING, word)) {
                turns.add(word);
            }
        }
        return turns;
    }

    /// Whether all the numbers that were sent came back, or none.
    private static boolean sameNumbers(ReadText own, ReadText other) {
        return own.strong().isEmpty() || Comparison.of(own, other).isPresent();
    }
}
