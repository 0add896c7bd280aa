package io.sandalphone.brain;

import java.util.Map;

/// What a brain may know of the call. `callId` is unique for ever. `from` and `to` are the caller's and the called number,
/// E.164 where the carrier says so, empty where it does not or they are not to be told; `name` is the caller's, as their carrier
/// shows it, likewise. `extra` is what the settings of the called number hold besides, for brains and tools.
///
/// Printed without the numbers and the name.
public record CallFacts(
        String callId, String from, String to, String name, Map<String, String> extra) {
    public CallFacts {
        extra = Map.copyOf(extra);
    }

    /// Of a caller without a name.
    public CallFacts(String callId, String from, String to, Map<String, String> extra) {
        this(callId, from, to, "", extra);
    }

    @Override
    public String toString() {
        return "CallFacts[%s]".formatted(callId);
    }
}
