package io.sandalphone.harness.converse;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ToolCall;

import java.util.Optional;

/// What the model does at one request, other than usual.
///
/// @param turn which request of the call it is, from 1 on; those with a tool's result count
/// @param says its words; without them the usual ones
/// @param call what it wants used after them
/// @param fault what befalls its answer
public record ModelReply(
        int turn, Optional<String> says, Optional<ToolCall> call, Optional<Fault> fault) {
    public ModelReply {
        if (says.isEmpty() && call.isEmpty() && fault.isEmpty()) {
            throw new IllegalArgumentException("neither says nor calls nor fault");
        }
    }
}
