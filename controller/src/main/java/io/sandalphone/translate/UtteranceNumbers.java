package io.sandalphone.translate;

import io.sandalphone.telephony.Party;

import java.util.EnumMap;
import java.util.Map;

/// Numbers the utterances of one call, each party's from 1 on. They go on when the sound of the call
/// is lost and interpretation begins again: a number is never used twice. Runs on the call's loop.
public final class UtteranceNumbers {
    private final Map<Party, Integer> last = new EnumMap<>(Party.class);

    /// The number of the next utterance of `speaker`.
    public int next(Party speaker) {
        return last.merge(speaker, 1, Integer::sum);
    }
}
