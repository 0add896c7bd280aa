package io.sandalphone.harness.fakes.assemblyai;

import java.util.ArrayList;
import java.util.List;

/// Makes of the hypotheses of a recognizer that rewrites its words those of a service that does not: a word is told once two
/// hypotheses in a row agree on it and another one follows it, or once the speaker has paused behind it. What was told stays,
/// whatever is understood later. Of one utterance; knows no time.
final class SettlingWords {
    /// How many words more or less may be understood later in what was told.
    private static final int FARTHEST = 3;

    private final List<String> told = new ArrayList<>();
    private List<String> before = List.of();

    /// The words that are told now, behind those before, of a hypothesis that may change.
    List<String> hypothesis(List<String> words) {
        int agreed = 0;
        while (agreed < words.size()
                && agreed < before.size()
                && words.get(agreed).equals(before.get(agreed))) {
            agreed++;
        }
        before = List.copyOf(words);
        return tell(words, Math.min(agreed, words.size() - 1));
    }

    /// The same of words behind which they have paused, or which are all there are.
    List<String> complete(List<String> words) {
        before = List.copyOf(words);
        return tell(words, words.size());
    }

    private List<String> tell(List<String> words, int until) {
        int from = behindTold(words);
        List<String> news = until > from ? List.copyOf(words.subList(from, until)) : List.of();
        told.addAll(news);
        return news;
    }

    /// Where in `words` what follows the told ones begins: behind the last of those, at the place that is nearest to where it was.
    private int behindTold(List<String> words) {
        if (told.isEmpty()) {
            return 0;
        }
        int expected = told.size() - 1;
        for (int off = 0; off <= FARTHEST; off++) {
            for (int at : new int[] {expected + off, expected - off}) {
                if (at >= 0 && at < words.size() && words.get(at).equals(told.getLast())) {
                    return at + 1;
                }
            }
        }
        return told.size();
    }
}
