package io.sandalphone.speech.worker;

import java.util.ArrayList;
import java.util.List;

/// Cuts a long text where a voice can pause.
public final class TextParts {
    private TextParts() {}

    /// The parts of `text`, in order, of at most so many characters: each ends with a sentence, else between two words, else wherever it
    /// must.
    public static List<String> of(String text, int most) {
        List<String> parts = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > most) {
            int end = end(rest, most);
            parts.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
        return parts;
    }

    private static int end(String text, int most) {
        int word = 0;
        for (int at = most; at > most / 2; at--) {
            if (Character.isWhitespace(text.charAt(at))) {
                if (".!?…".indexOf(text.charAt(at - 1)) >= 0) {
                    return at;
                }
                word = Math.max(word, at);
            }
        }
        if (word > 0) {
            return word;
        }
        boolean pair = Character.isSurrogatePair(text.charAt(most - 1), text.charAt(most));
        return pair ? most - 1 : most;
    }
}
