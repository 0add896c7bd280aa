package io.sandalphone.ops;

import io.sandalphone.call.CallEvent;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was said last in each live call, for clients who come again in the middle: at most [#MOST] utterances of each, which are
/// forgotten when it ends. Runs on the operators' loop.
final class RecentCaptions {
    static final int MOST = 6;

    /// One utterance.
    private record Key(Object speaker, int utterance) {}

    private final Map<String, Map<Key, CallEvent.Caption>> calls = new HashMap<>();

    void on(CallEvent event) {
        switch (event) {
            case CallEvent.Caption caption -> keep(caption);
            case CallEvent.Ended(var call, _, _, _) -> calls.remove(call);
            case CallEvent.Adopted _,
                    CallEvent.Left _,
                    CallEvent.StateChanged _,
                    CallEvent.Spent _,
                    CallEvent.Translation _,
                    CallEvent.Interpretation _ -> {}
        }
    }

    private void keep(CallEvent.Caption caption) {
        Map<Key, CallEvent.Caption> kept =
                calls.computeIfAbsent(caption.callId(), _ -> new LinkedHashMap<>());
        kept.put(new Key(caption.speaker(), caption.utterance()), caption);
        if (kept.size() > MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    /// All of them, those of a call in the order in which they began.
    List<CallEvent.Caption> all() {
        return calls.values().stream().flatMap(kept -> kept.values().stream()).toList();
    }

    void clear() {
        calls.clear();
    }
}
