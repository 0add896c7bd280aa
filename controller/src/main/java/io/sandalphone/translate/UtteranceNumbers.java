package io.sandalphone.translate;

import io.sandalphone.telephony.Party;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Numbers the utterances of one call, each party's from 1 on. They go on when the sound of the call
/// is lost and interpretation begins again: a number is never used twice. Runs on the call's loop, but for
/// [#last].
public final class UtteranceNumbers {
    private final Map<Party, Integer> last = new ConcurrentHashMap<>();

    /// Goes on after these.
    public void goOnAfter(Map<Party, Integer> numbers) {
        last.putAll(numbers);
    }

    /// The last number of each who has one. Any thread may ask.
    public Map<Party, Integer> last() {
        return Map.copyOf(last);
    }

    /// The number of the next utterance of `speaker`.
    public int next(Party speaker) {
        return last.merge(speaker, 1, Integer::sum);
    }
}
