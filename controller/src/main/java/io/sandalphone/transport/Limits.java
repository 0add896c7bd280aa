package io.sandalphone.transport;

import java.time.Duration;

/// What a handler holds at most.
///
/// @param calls how many calls there may be at once, those included that are over and whose [OnSession] has not returned; who
///     calls beyond that is told that the line is busy
/// @param decision how long [OnSession] may take to answer or refuse a call; carriers wait 15 s
/// @param unheard how much of a call's sound waits for a slow subscriber; beyond that the oldest is dropped, and counted by
///     [SipTransport#framesDropped]
/// @param unsent how much sound waits to be sent to a caller; [SipTransport#sendAudio] takes no more
public record Limits(int calls, Duration decision, Duration unheard, Duration unsent) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST_DECISION = Duration.ofSeconds(14);
    private static final Duration LONGEST_SOUND = Duration.ofMinutes(10);

    /// 100 calls, 10 s to decide, 10 s of sound for each subscriber and 60 s to be said: 2.3 MB for a call where all of it is used.
    public static final Limits USUAL =
            new Limits(100, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(60));

    /// @throws IllegalArgumentException when one of them is out of reason
    public Limits {
        if (calls < 1) {
            throw new IllegalArgumentException("calls " + calls);
        }
        check("decision", decision, LONGEST_DECISION);
        check("unheard", unheard, LONGEST_SOUND);
        check("unsent", unsent, LONGEST_SOUND);
    }

    private static void check(String name, Duration value, Duration longest) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    name + " " + value + " is not from " + SHORTEST + " to " + longest);
        }
    }
}
