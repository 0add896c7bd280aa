package io.sandalphone.harness.converse;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// What one of the two said in a call until the other's turn, as the caller's telephone sent or heard it. Times are milliseconds of the
/// call.
///
/// @param caller whether it was the caller, else the agent
/// @param text of the caller as it was to be said, of the agent as it was recognized
/// @param delay of the agent's: from the end of what the caller said before until it was heard
/// @param silentAfter of the caller's over the agent's voice: from its beginning until the agent was silent
/// @param wordsAfter of the same: how many words of the agent began to be heard when it had been silent, until its answer
public record CallTurn(
        boolean caller,
        long from,
        long until,
        String text,
        OptionalLong delay,
        OptionalLong silentAfter,
        OptionalInt wordsAfter) {}
