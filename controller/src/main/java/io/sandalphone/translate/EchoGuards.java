package io.sandalphone.translate;

import io.sandalphone.speech.input.EchoGuard;
import io.sandalphone.telephony.Party;

import java.util.EnumMap;
import java.util.Map;

/// What is voiced to each party of one conversation, for the lane that listens to that party. Runs on
/// the call's loop.
final class EchoGuards {
    private final Map<Party, EchoGuard> guards = new EnumMap<>(Party.class);

    /// Knows what is voiced to `listener`.
    EchoGuard of(Party listener) {
        return guards.computeIfAbsent(listener, _ -> new EchoGuard());
    }
}
