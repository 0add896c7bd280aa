package io.sandalphone.brain;

import java.util.Map;

/// What a brain may know of the call. `callId` is unique for ever. `from` and `to` are the caller's and the called number,
/// E.164 where the carrier says so, empty where it does not or they are not to be told. `extra` is what the settings
/// of the called number hold besides, for backends.
///
/// Printed without the numbers.
public record CallFacts(String callId, String from, String to, Map<String, String> extra) {
    public CallFacts {
        extra = Map.copyOf(extra);
    }

    @Override
    public String toString() {
        return "CallFacts[%s]".formatted(callId);
    }
}
