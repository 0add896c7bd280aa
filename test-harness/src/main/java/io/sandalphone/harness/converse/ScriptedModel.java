package io.sandalphone.harness.converse;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatReply;
import io.sandalphone.harness.fakes.chat.ChatRequest;
import io.sandalphone.harness.fakes.chat.ChatScript;

import java.util.List;
import java.util.Optional;

/// The model of one call: as usual, but at the turns that a conversation names. Belongs to the loop of the one fake that it is for.
final class ScriptedModel implements ChatScript {
    private final List<ModelReply> replies;
    private final ChatScript usual;
    private int turn;

    ScriptedModel(List<ModelReply> replies, ChatScript usual) {
        this.replies = replies;
        this.usual = usual;
    }

    @Override
    public ChatReply reply(ChatRequest request) {
        turn++;
        Optional<ModelReply> own =
                replies.stream().filter(reply -> reply.turn() == turn).findFirst();
        if (own.isEmpty()) {
            return usual.reply(request);
        }
        ModelReply at = own.get();
        ChatReply reply =
                at.says().isEmpty() && at.call().isEmpty()
                        ? usual.reply(request)
                        : ChatReply.says(at.says().orElse(""));
        if (at.call().isPresent()) {
            reply = reply.andCalls(at.call().get().name(), at.call().get().arguments());
        }
        Optional<Fault> fault = at.fault();
        return fault.isPresent() ? reply.struckBy(fault.get()) : reply;
    }
}
