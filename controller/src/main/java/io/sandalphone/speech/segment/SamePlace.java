package io.sandalphone.speech.segment;

import java.util.List;
import java.util.function.Predicate;

/// Finds in one writing of an utterance the place where the beginning of another writing of it ends: numbers become
/// digits at the end of a turn, words get capitals and marks, are joined or parted, and one or the other may have been
/// corrected. Compares letter by letter, what is between words aside.
final class SamePlace {
    /// What a letter costs that was replaced, added or left out.
    private static final int CHANGED = 10;

    /// A letter of a word of a number, in whose place there is a digit, or nothing.
    private static final int IN_DIGITS = 2;

    private static final int MORE_IN_DIGITS = 4;

    private final Predicate<String> number;

    /// `number` says which words are words of numbers.
    SamePlace(Predicate<String> number) {
        this.number = number;
    }

    /// How many words of `all` say what `beginning` says: with as little changed as may be; of several such
    /// places the one behind the same last word, else the last.
    int after(List<String> beginning, List<String> all) {
        List<String> to = all.stream().map(ClausePolicy::plain).toList();
        String letters = String.join("", to);
        int[] costs = new int[letters.length() + 1];
        for (int j = 0; j <= letters.length(); j++) {
            costs[j] = j * CHANGED;
        }
        String last = "";
        for (String word : beginning) {
            boolean inDigits = number.test(word);
            last = ClausePolicy.plain(word);
            for (int i = 0; i < last.length(); i++) {
                next(costs, last.charAt(i), inDigits, letters);
            }
        }
        return cheapest(costs, last, to);
    }

    /// From the costs of one beginning to those of it and another letter.
    private static void next(int[] costs, char letter, boolean inDigits, String letters) {
        int left = inDigits ? MORE_IN_DIGITS : CHANGED;
        int diagonal = costs[0];
        costs[0] += left;
        for (int j = 1; j <= letters.length(); j++) {
            int above = costs[j];
            int replaced = diagonal + replaced(letter, letters.charAt(j - 1), inDigits);
            costs[j] = Math.min(replaced, Math.min(above + left, costs[j - 1] + CHANGED));
            diagonal = above;
        }
    }

    private static int replaced(char letter, char by, boolean inDigits) {
        if (letter == by) {
            return 0;
        }
        return inDigits && Character.isDigit(by) ? IN_DIGITS : CHANGED;
    }

    private static int cheapest(int[] costs, String last, List<String> to) {
        int best = 0;
        int bestCosts = costs[0];
        boolean bestSame = false;
        int letters = 0;
        for (int j = 1; j <= to.size(); j++) {
            letters += to.get(j - 1).length();
            boolean same = to.get(j - 1).equals(last);
            if (costs[letters] < bestCosts
                    || (costs[letters] == bestCosts && (same || !bestSame))) {
                best = j;
                bestCosts = costs[letters];
                bestSame = same;
            }
        }
        return best;
    }
}
