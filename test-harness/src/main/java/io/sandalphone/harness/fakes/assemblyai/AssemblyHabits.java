package io.sandalphone.harness.fakes.assemblyai;

/// Where the service is known to behave in more than one way, which of them.
///
/// @param refusesAfterHandshake whether a bad key, or too many sessions, is shown by a close frame
///     (1008, 3009) after the handshake, rather than by an HTTP status
/// @param formatsInASecondTurn whether the formatted words of a turn follow in a second message
///     with the same `turn_order`, rather than standing in the first
/// @param tellsMore whether messages and fields come that a client need not know: SpeechStarted,
///     Heartbeat, types of tomorrow
public record AssemblyHabits(
        boolean refusesAfterHandshake, boolean formatsInASecondTurn, boolean tellsMore) {
    /// As the documentation has it now.
    public static final AssemblyHabits DOCUMENTED = new AssemblyHabits(false, false, false);

    /// The other way in everything.
    public static final AssemblyHabits OTHERWISE = new AssemblyHabits(true, true, true);
}
