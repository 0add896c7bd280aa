package io.sandalphone.speech.text.admission;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Where in a text stand the words of another: the stretch in which they outnumber others by most,
/// some of them mangled or missing.
///
/// @param from where in the text it begins
/// @param to where in the text it ends
/// @param common how many words of it are the other text's
/// @param before how many words of the text stand before it
/// @param behind how many words of the text stand behind it
record EchoStretch(int from, int to, int common, int before, int behind) {
    /// More words of a text are not looked at.
    private static final int WORDS = 120;

    /// Shorter words are in every sentence.
    private static final int TELLING = 4;

    private static final Pattern WORD =
            Pattern.compile("[\\p{L}\\p{N}]++(?:['’-][\\p{L}\\p{N}]++)*+");
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}++");

    /// In `heard`, of `sent`.
    static EchoStretch of(String heard, String sent) {
        List<Heard> all = words(heard);
        List<Heard> compared = all.subList(0, Math.min(all.size(), WORDS));
        List<String> echo = words(sent).stream().map(Heard::word).limit(WORDS).toList();
        Stretch stretch = Stretch.of(compared, matches(compared, echo));
        if (stretch.matches == 0) {
            return new EchoStretch(0, 0, 0, 0, all.size());
        }
        return new EchoStretch(
                all.get(stretch.start).start,
                all.get(stretch.end - 1).end,
                stretch.matches,
                stretch.start,
                all.size() - stretch.end);
    }

    /// `word` as it is compared: in small letters, without accents.
    static String plain(String word) {
        String apart = Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        return ACCENTS.matcher(apart).replaceAll("");
    }

    /// A word as it is compared, and where it stands in its text.
    private record Heard(String word, int start, int end) {
        static Heard of(MatchResult match) {
            return new Heard(plain(match.group()), match.start(), match.end());
        }
    }

    private static List<Heard> words(String text) {
        return WORD.matcher(text).results().map(Heard::of).toList();
    }

    /// Which of the heard words are the echo's, in the longest common order.
    private static boolean[] matches(List<Heard> heard, List<String> echo) {
        var longest = new int[heard.size() + 1][echo.size() + 1];
        for (int i = heard.size() - 1; i >= 0; i--) {
            for (int j = echo.size() - 1; j >= 0; j--) {
                longest[i][j] =
                        alike(heard.get(i).word, echo.get(j))
                                ? longest[i + 1][j + 1] + 1
                                : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        var matches = new boolean[heard.size()];
        int j = 0;
        for (int i = 0; i < heard.size(); i++) {
            while (j < echo.size() && longest[i][j] == longest[i][j + 1]) {
                j++;
            }
            if (longest[i][j] > longest[i + 1][j]) {
                matches[i] = true;
                j++;
            }
        }
        return matches;
    }

    /// The same, but for a letter of four or two of seven.
    private static boolean alike(String one, String other) {
        int length = Math.min(one.length(), other.length());
        int slack = length >= 7 ? 2 : length >= 4 ? 1 : 0;
        return one.equals(other)
                || (Math.abs(one.length() - other.length()) <= slack
                        && distance(one, other) <= slack);
    }

    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[other.length()];
    }

    /// From `start` to before `end`, where the words in common stand closest: the stretch in which
    /// they outnumber the others by most; the longest such.
    private record Stretch(int start, int end, int matches) {
        static Stretch of(List<Heard> heard, boolean[] matches) {
            var best = new Stretch(0, 0, 0);
            int bestLead = 0;
            int start = 0;
            int lead = 0;
            int count = 0;
            for (int i = 0; i < matches.length; i++) {
                if (lead < 0) {
                    start = i;
                    lead = 0;
                    count = 0;
                }
                lead += matches[i] ? 1 : -1;
                count += matches[i] ? 1 : 0;
                boolean telling = heard.get(i).word.length() >= TELLING;
                if (lead > bestLead || (matches[i] && telling && lead == bestLead)) {
                    bestLead = lead;
                    best = new Stretch(start, i + 1, count);
                }
            }
            return best;
        }
    }
}
