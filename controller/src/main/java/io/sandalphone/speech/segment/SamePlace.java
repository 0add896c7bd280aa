package io.sandalphone.speech.segment;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Finds in the last writing of an utterance the place that lies between two words of an earlier one: numbers become
/// digits at the end of a turn, words get capitals and marks, are joined or parted, and one or the other may have been
/// corrected. Compares letter by letter, and digit by digit; marks, and what is between words, aside.
final class SamePlace {
    private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}]");

    /// What a letter costs that was replaced, added or left out.
    private static final int CHANGED = 10;

    /// A digit, or a letter beside one in a word, in the place of a word of a number.
    private static final int DIGIT = 2;

    /// A word of a number that has no digit of its own.
    private static final int NO_DIGIT = 6;

    /// A word behind a number that became a sign.
    private static final int SIGN = 20;

    private final Predicate<String> number;

    /// `number` says which words are words of numbers.
    SamePlace(Predicate<String> number) {
        this.number = number;
    }

    /// How many words of `all` say what `before` says, while the others say what `behind` says, and perhaps more: with as little
    /// changed as may be; of several such places the one behind the same last word, else the last.
    int between(List<String> before, List<String> behind, List<String> all) {
        List<String> to = all.stream().map(SamePlace::plain).toList();
        String letters = String.join("", to);
        var digits = new BitSet();
        int length = 0;
        for (String word : to) {
            if (ClausePolicy.hasDigit(word)) {
                digits.set(length, length + word.length());
            }
            length += word.length();
        }
        int[] first = new int[length + 1];
        for (int j = 0; j <= length; j++) {
            first[j] = j * CHANGED;
        }
        first = costs(first, words(before), letters, digits);

        var backwards = new BitSet();
        for (int j = 0; j < length; j++) {
            backwards.set(length - 1 - j, digits.get(j));
        }
        int[] second =
                costs(
                        new int[length + 1],
                        words(behind).reversed().stream().map(Word::backwards).toList(),
                        reversed(letters),
                        backwards);
        return cheapest(first, second, plain(before.getLast()), to);
    }

    /// A plain word.
    ///
    /// @param number whether it is a word of a number
    /// @param behindNumber whether it follows one, or digits
    private record Word(String letters, boolean number, boolean behindNumber) {
        Word backwards() {
            return new Word(reversed(letters), number, behindNumber);
        }
    }

    private List<Word> words(List<String> texts) {
        List<Word> words = new ArrayList<>();
        boolean behind = false;
        for (String text : texts) {
            boolean one = number.test(text);
            words.add(new Word(plain(text), one && !ClausePolicy.hasDigit(text), behind));
            behind = one;
        }
        return words;
    }

    private static String plain(String word) {
        return MARKS.matcher(word).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private static String reversed(String letters) {
        return new StringBuilder(letters).reverse().toString();
    }

    /// From what it costs to come to each place of `letters` to what it costs with `words` said.
    private static int[] costs(int[] costs, List<Word> words, String letters, BitSet digits) {
        int[] now = costs;
        for (Word word : words) {
            int[] before = now.clone();
            for (int i = 0; i < word.letters.length(); i++) {
                next(now, word.letters.charAt(i), letters);
            }
            if (word.number) {
                inDigits(before, now, digits);
            } else if (word.behindNumber) {
                leaveOut(before, now, SIGN);
            }
        }
        return now;
    }

    /// With another letter said.
    private static void next(int[] costs, char letter, String letters) {
        int diagonal = costs[0];
        costs[0] += CHANGED;
        for (int j = 1; j <= letters.length(); j++) {
            int above = costs[j];
            int replaced = diagonal + (letter == letters.charAt(j - 1) ? 0 : CHANGED);
            costs[j] = Math.min(replaced, Math.min(above, costs[j - 1]) + CHANGED);
            diagonal = above;
        }
    }

    /// With a word of a number said that is written in digits.
    private static void inDigits(int[] before, int[] now, BitSet digits) {
        leaveOut(before, now, NO_DIGIT);
        int run = Integer.MAX_VALUE / 2;
        for (int j = 1; j < now.length; j++) {
            run = digits.get(j - 1) ? Math.min(run, before[j - 1]) + DIGIT : Integer.MAX_VALUE / 2;
            now[j] = Math.min(now[j], run);
        }
    }

    private static void leaveOut(int[] before, int[] now, int cost) {
        for (int j = 0; j < now.length; j++) {
            now[j] = Math.min(now[j], before[j] + cost);
        }
    }

    private static int cheapest(int[] first, int[] second, String last, List<String> to) {
        int letters = 0;
        int all = first.length - 1;
        int best = 0;
        int bestCosts = first[0] + second[all];
        boolean bestSame = false;
        for (int j = 1; j <= to.size(); j++) {
            letters += to.get(j - 1).length();
            boolean same = to.get(j - 1).equals(last);
            int costs = first[letters] + second[all - letters];
            if (costs < bestCosts || (costs == bestCosts && (same || !bestSame))) {
                best = j;
                bestCosts = costs;
                bestSame = same;
            }
        }
        return best;
    }
}
