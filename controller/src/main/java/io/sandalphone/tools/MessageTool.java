package io.sandalphone.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.CallFacts;
import io.sandalphone.tools.ToolResult.Outcome;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/// Takes a message from the caller: `take_message`. Says whether it was delivered. What was begun is delivered even where nobody
/// waits for it any more.
final class MessageTool implements AgentTool {
    static final String NAME = "take_message";

    private static final ToolParameters PARAMETERS =
            ToolParameters.ours(
                    """
                    {"type": "object", "required": ["message"], "properties": {
                      "message": {"type": "string", "minLength": 1, "maxLength": 4000,
                        "description": "What the caller wants to be passed on, in their own words."},
                      "caller_name": {"type": "string", "maxLength": 200,
                        "description": "What the caller is called, where they have said so."},
                      "call_back_number": {"type": "string", "maxLength": 40,
                        "description": "Where they want to be called, where they have said so."}}}\
                    """);

    private final Messages messages;
    private final CallFacts call;
    private final String agent;
    private final String language;
    private final MessageQuota quota;
    private final LongSupplier epochMillis;

    /// @param quota how many may be taken in this call
    /// @param epochMillis the time of day, since the epoch
    MessageTool(
            Messages messages,
            CallFacts call,
            String agent,
            String language,
            MessageQuota quota,
            LongSupplier epochMillis) {
        this.messages = messages;
        this.call = call;
        this.agent = agent;
        this.language = language;
        this.quota = quota;
        this.epochMillis = epochMillis;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Passes on a message of the caller to the people you work for. Ask what the message"
                + " is first. Whether it was passed on is the result: say so.";
    }

    @Override
    public ToolParameters parameters() {
        return PARAMETERS;
    }

    @Override
    public ToolResult use(ObjectNode arguments) throws InterruptedException {
        if (!quota.take()) {
            return ToolResult.error(
                    Outcome.TOO_OFTEN, "no more messages can be taken in this call");
        }
        var message =
                new Message(
                        call.callId(),
                        agent,
                        call.from(),
                        call.name(),
                        language,
                        arguments.path("message").asText(),
                        arguments.path("caller_name").asText(),
                        arguments.path("call_back_number").asText(),
                        epochMillis.getAsLong());
        return delivered(messages.deliver(message))
                ? ToolResult.done("The message was passed on.")
                : ToolResult.error(
                        Outcome.FAILED,
                        "the message could not be passed on, and is lost: tell the caller so");
    }

    private static boolean delivered(Future<Boolean> delivery) throws InterruptedException {
        try {
            return delivery.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("delivering answers for itself", e);
        }
    }
}
