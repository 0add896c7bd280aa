package io.sandalphone.harness.calls;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.tone.ToneWord;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The words that the captions of one speaker hold, in the order of their utterances: the same however what was said was
/// cut into those.
final class CaptionedWords {
    private final Map<Integer, JsonNode> utterances = new TreeMap<>();

    /// Of `captions` in the order in which they came, of which the last one of each utterance holds.
    CaptionedWords(Stream<JsonNode> captions) {
        captions.forEach(caption -> utterances.put(caption.path("utterance").asInt(), caption));
    }

    /// All of them; what is no word is left out.
    List<ToneWord> all() {
        return of(_ -> true);
    }

    /// Whether they hold exactly these words next to each other, in utterances whose last caption is as `wanted`.
    boolean hold(List<ToneWord> words, Predicate<JsonNode> wanted) {
        return Collections.indexOfSubList(of(wanted), words) >= 0;
    }

    private List<ToneWord> of(Predicate<JsonNode> wanted) {
        return utterances.values().stream()
                .filter(wanted)
                .flatMap(caption -> Arrays.stream(caption.path("said").asText().split(" ", -1)))
                .map(ToneWord::parse)
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .toList();
    }

    /// Whether `words` come in this order in `whole`, each of them once.
    static boolean isWithin(List<ToneWord> whole, List<ToneWord> words) {
        int found = 0;
        for (ToneWord word : whole) {
            if (found < words.size() && words.get(found) == word) {
                found++;
            }
        }
        return found == words.size();
    }
}
