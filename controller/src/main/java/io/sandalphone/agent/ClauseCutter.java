package io.sandalphone.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts an answer that comes piece by piece into what is voiced as one: at marks that end a sentence or a line, the first
/// time at a comma too, so that the caller hears something soon. Nothing is lost, added or put in another order: all that it
/// gives, one after the other, is what it was given. Holds no thread and reads no clock.
final class ClauseCutter {
    /// The first clause is no shorter, where a shorter one would sound abrupt.
    private static final int FIRST = 20;

    /// A later one is no shorter: a voice sounds better with more at once, and something sounds meanwhile.
    private static final int LATER = 40;

    /// What has no mark is cut at a space.
    private static final int LONGEST = 240;

    /// A mark that ends a clause, and what closes behind it. Western ones need a space behind them, so that 3.5, 9:30 and
    /// example.com stay whole.
    private static final Pattern END =
            Pattern.compile("(?:[.!?;:…]+[\"'”’)\\]*_]*(?=\\s)|[。！？；]+[」』）]*|\\n+)\\s*");

    /// The same, with commas.
    private static final Pattern SOFT_END =
            Pattern.compile("(?:[.!?;:,…]+[\"'”’)\\]*_]*(?=\\s)|[。！？；，、]+[」』）]*|\\n+)\\s*");

    /// Behind such a word a full stop ends nothing.
    private static final Set<String> SHORT =
            Set.of(
                    "mr", "mrs", "ms", "dr", "st", "jr", "vs", "etc", "approx", "no", "ext", "sr",
                    "sra", "srta", "dra", "ud", "uds", "av", "núm", "tel", "aprox", "bzw", "ca",
                    "str", "m", "mme");

    private final StringBuilder waiting = new StringBuilder();
    private boolean first = true;

    /// The answer goes on with `piece`. Gives the clauses that are complete with it.
    List<String> add(String piece) {
        waiting.append(piece);
        List<String> clauses = new ArrayList<>();
        for (int cut = cut(); cut > 0; cut = cut()) {
            clauses.add(take(cut));
        }
        return clauses;
    }

    /// The answer is over. Gives the last clause; empty when there is none.
    String finish() {
        return take(waiting.length());
    }

    private String take(int length) {
        String clause = waiting.substring(0, length);
        waiting.delete(0, length);
        first &= clause.isBlank();
        return clause;
    }

    /// Where to cut what waits; 0 nowhere yet.
    private int cut() {
        Matcher mark = (first ? SOFT_END : END).matcher(waiting);
        while (mark.find()) {
            boolean line = mark.group().contains("\n");
            int least = line ? 1 : first ? FIRST : LATER;
            // Of the space behind a mark more may come; it is cut with what is there.
            if (waiting.substring(0, mark.end()).strip().length() >= least
                    && (line || !isAbbreviation(mark.start()))) {
                return mark.end();
            }
        }
        if (waiting.length() > LONGEST) {
            int space = waiting.lastIndexOf(" ", LONGEST);
            return space > 0 ? space + 1 : whole(LONGEST);
        }
        return 0;
    }

    /// Never between the halves of a character.
    private int whole(int length) {
        return Character.isHighSurrogate(waiting.charAt(length - 1)) ? length - 1 : length;
    }

    /// Whether the mark at `at` is the full stop of a short form, of an initial or of a list's number.
    private boolean isAbbreviation(int at) {
        if (waiting.charAt(at) != '.') {
            return false;
        }
        int begin = at;
        while (begin > 0 && isPartOfWord(waiting.charAt(begin - 1))) {
            begin--;
        }
        String word = waiting.substring(begin, at).toLowerCase(Locale.ROOT);
        boolean beginsLine = waiting.substring(0, begin).isBlank();
        return word.isEmpty()
                || SHORT.contains(word)
                || word.matches("\\p{L}|(\\p{L}\\.)+\\p{L}")
                || (beginsLine && word.matches("[0-9]+"));
    }

    private static boolean isPartOfWord(char character) {
        return Character.isLetterOrDigit(character) || character == '.';
    }
}
