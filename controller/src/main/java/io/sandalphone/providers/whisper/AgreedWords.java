package io.sandalphone.providers.whisper;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// Which words of one utterance can be given out while it goes on. It is decoded again and again, longer
/// each time; words are stable once several decodings that follow each other begin with them. Stable words
/// are never taken back here; how many of them the last decoding contradicts is counted.
///
/// Words are compared without case and punctuation.
final class AgreedWords {
    /// What is known of an utterance so far: words that are unlikely to change, and those after them.
    record Words(String stable, String tentative) {}

    private record Word(String shown, String plain) {}

    private final int decodings;
    private final Deque<List<Word>> last = new ArrayDeque<>();
    private final List<Word> stable = new ArrayList<>();

    /// Of words that are stable when `decodings` agree.
    AgreedWords(int decodings) {
        this.decodings = decodings;
    }

    /// The utterance, so far, sounds like `text`. With `pause` the speaker has just paused: then words need
    /// one decoding less, but two.
    Words decoded(String text, boolean pause) {
        List<Word> words = words(text);
        last.addLast(words);
        if (last.size() > decodings) {
            last.removeFirst();
        }
        int needed = pause ? Math.max(2, decodings - 1) : decodings;
        int seen = end(stable, words);
        int agreed = last.size() < needed ? 0 : agreed(needed, words.size());
        if (agreed > seen) {
            stable.addAll(words.subList(seen, agreed));
            seen = agreed;
        }
        return new Words(text(stable), text(words.subList(seen, words.size())));
    }

    /// How many words are stable.
    int stable() {
        return stable.size();
    }

    /// How many of the stable words would have to be changed, left out or put in to be what `text`, which
    /// is the whole utterance, begins with.
    int contradictedBy(String text) {
        List<Word> words = words(text);
        int[] distances = distances(stable, words);
        return distances[end(stable, words)];
    }

    /// How many words the last `needed` decodings begin with, all of them.
    private int agreed(int needed, int most) {
        List<List<Word>> all = List.copyOf(last);
        List<List<Word>> latest = all.subList(all.size() - needed, all.size());
        int agreed = 0;
        while (agreed < most) {
            int at = agreed;
            List<Word> newest = latest.getLast();
            boolean same =
                    latest.stream()
                            .allMatch(
                                    each ->
                                            at < each.size()
                                                    && each.get(at)
                                                            .plain
                                                            .equals(newest.get(at).plain));
            if (!same) {
                return agreed;
            }
            agreed++;
        }
        return agreed;
    }

    /// Where in `words` that ends which is most like `given`: of several such places the one that leaves
    /// the lengths most alike.
    private static int end(List<Word> given, List<Word> words) {
        int[] distances = distances(given, words);
        int best = 0;
        for (int i = 1; i < distances.length; i++) {
            boolean nearer = Math.abs(i - given.size()) < Math.abs(best - given.size());
            if (distances[i] < distances[best] || (distances[i] == distances[best] && nearer)) {
                best = i;
            }
        }
        return best;
    }

    /// For each number of the first of `words`, how many changes make `given` of them.
    private static int[] distances(List<Word> given, List<Word> words) {
        int[] row = new int[words.size() + 1];
        for (int i = 0; i < row.length; i++) {
            row[i] = i;
        }
        for (Word word : given) {
            int diagonal = row[0]++;
            for (int i = 1; i < row.length; i++) {
                int kept = diagonal + (word.plain.equals(words.get(i - 1).plain) ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.min(kept, Math.min(row[i], row[i - 1]) + 1);
            }
        }
        return row;
    }

    private static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        for (String shown : text.split("\\s+", -1)) {
            String plain = shown.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}']", "");
            if (!plain.isEmpty()) {
                words.add(new Word(shown, plain));
            }
        }
        return words;
    }

    private static String text(List<Word> words) {
        return String.join(" ", words.stream().map(Word::shown).toList());
    }
}
