package io.sandalphone.harness.fakes.chat;

import java.util.List;

/// Replies one after another. Belongs to the loop of the one fake that it is for.
final class InOrder implements ChatScript {
    private final List<ChatReply> replies;
    private int next;

    InOrder(List<ChatReply> replies) {
        if (replies.isEmpty()) {
            throw new IllegalArgumentException("a model without replies");
        }
        this.replies = replies;
    }

    @Override
    public ChatReply reply(ChatRequest request) {
        ChatReply reply = replies.get(next);
        next = Math.min(next + 1, replies.size() - 1);
        return reply;
    }
}
