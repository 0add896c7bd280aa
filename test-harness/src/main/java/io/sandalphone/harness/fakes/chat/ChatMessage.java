package io.sandalphone.harness.fakes.chat;

import java.util.List;

/// One message of a conversation, as a model is told it.
///
/// @param role `system`, `user`, `assistant` or `tool`
/// @param content the text; empty where there is none
/// @param calls what an assistant wanted used
/// @param tool whose result it is, where it is one; else empty
public record ChatMessage(String role, String content, List<ToolCall> calls, String tool) {
    public ChatMessage {
        calls = List.copyOf(calls);
    }

    /// One that is text and nothing else.
    public static ChatMessage of(String role, String content) {
        return new ChatMessage(role, content, List.of(), "");
    }

    public boolean isFrom(String role) {
        return this.role.equals(role);
    }
}
