package io.sandalphone.speech.segment;

import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptEvent.Word;

import java.util.List;
import java.util.regex.Pattern;

/// Ends one speaker's utterances after a shorter silence where their words sound complete. The recognizer's partials
/// say which words were said so far, the voice detector that nothing was said behind them, and the rules of clauses
/// whether what was said can stand by itself.
///
/// Only a recognizer that tells up to where it has listened makes a difference: words of which more
/// may be on the way end nothing. Holds no thread and reads no clock.
public final class PromptEnds {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /// Behind such a mark more is to come, or behind two full stops, whatever closes a quotation behind it.
    private static final String OPEN = ",;:–—-…";

    private static final String CLOSING = "\"'”’)";

    private final ClauseRules rules;
    private final ClausePolicy policy;
    private final UtteranceDetector utterances;

    /// Of `utterances`, whose words are judged by `rules`.
    public PromptEnds(ClauseRules rules, UtteranceDetector utterances) {
        this.rules = rules;
        this.utterances = utterances;
        policy = new ClausePolicy(rules, (_, _) -> true);
    }

    /// The speaker's next event. What ends by it has ended before the method returns.
    public void heard(TranscriptEvent event) {
        if (event instanceof TranscriptEvent.Partial partial && complete(partial.text())) {
            utterances.soundsComplete(partial.end(), rules.endPauseMillis());
        }
    }

    /// Whether who said this, and paused, is likely to have said what they wanted to say: as far as its last word
    /// can tell, which neither leans on another one nor belongs to a number that may go on.
    boolean complete(String said) {
        List<Word> words =
                SPACE.splitAsStream(said.strip())
                        .filter(text -> !ClausePolicy.plain(text).isEmpty())
                        .map(text -> new Word(text, 0, 0))
                        .toList();
        return !words.isEmpty()
                && !open(said.strip())
                && policy.endsAtPause(words, rules.endPauseMillis());
    }

    private static boolean open(String said) {
        int end = said.length();
        while (end > 0 && CLOSING.indexOf(said.charAt(end - 1)) >= 0) {
            end--;
        }
        return end > 0
                && (OPEN.indexOf(said.charAt(end - 1)) >= 0
                        || said.substring(0, end).endsWith(".."));
    }
}
