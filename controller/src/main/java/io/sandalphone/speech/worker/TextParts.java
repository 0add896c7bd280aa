package io.sandalphone.speech.worker;

import java.util.ArrayList;
import java.util.List;

/// Cuts a long text where a voice can pause.
final class TextParts {
    /// About two minutes of speech.
    static final int MOST_CHARACTERS = 2000;

    private TextParts() {}

    /// The parts of `text`, in order: each ends with a sentence, else between two words, else wherever it
    /// must.
    static List<String> of(String text) {
        List<String> parts = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > MOST_CHARACTERS) {
            int end = end(rest);
            parts.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
        return parts;
    }

    private static int end(String text) {
        int word = 0;
        for (int at = MOST_CHARACTERS; at > MOST_CHARACTERS / 2; at--) {
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
        boolean pair =
                Character.isSurrogatePair(
                        text.charAt(MOST_CHARACTERS - 1), text.charAt(MOST_CHARACTERS));
        return pair ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
    }
}
