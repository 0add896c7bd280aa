package io.sandalphone.harness.converse;

import io.sandalphone.harness.agents.Reached;
import io.sandalphone.harness.fakes.chat.ChatMessage;
import io.sandalphone.harness.fakes.chat.ChatReply;
import io.sandalphone.harness.fakes.chat.ChatRequest;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.fakes.chat.ToolCall;
import io.sandalphone.harness.receptionist.Receptionist;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// A conversation in writing: what is said reaches the model as it is, what it answers is heard as it is, no time passes. What a fault
/// befalls is believed.
final class WrittenCall {
    private static final String TRANSFER = "transfer_to_person";
    private static final JsonArray TOOLS =
            new JsonArray()
                    .add(tool(TRANSFER, "reason"))
                    .add(tool("take_message", "text"))
                    .add(tool("hang_up"));

    private final Conversation conversation;
    private final ChatScript model;
    private final List<ChatMessage> messages = new ArrayList<>();
    private final List<ToolCall> used = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private String answer = "";
    private boolean struck;
    private boolean heardSince;

    WrittenCall(Conversation conversation) {
        this.conversation = conversation;
        model =
                conversation.script(
                        conversation.agent() == Conversation.Agent.RECEPTIONIST
                                ? new Receptionist()
                                : ChatScript.echo());
    }

    private static JsonObject tool(String name, String... required) {
        var parameters =
                new JsonObject().put("required", new JsonArray(List.of((Object[]) required)));
        return new JsonObject()
                .put("type", "function")
                .put("function", new JsonObject().put("name", name).put("parameters", parameters));
    }

    /// What did not come to pass.
    List<String> run() {
        boolean spanish = conversation.language().base().equals("es");
        messages.add(ChatMessage.of("system", spanish ? "Answer in Spanish." : "Be polite."));
        if (conversation.agent() == Conversation.Agent.RECEPTIONIST) {
            // An agent greets by itself, with the words that its model would have.
            answer = new Receptionist().reply(request()).text();
        }
        conversation.steps().forEach(this::take);
        return failures;
    }

    private void take(Step step) {
        switch (step) {
            case Step.Says says -> hear(says.text());
            case Step.Hears hears -> {
                // That nobody could be reached the agent says by itself.
                if (!heardSince || conversation.person() == Reached.ANSWERS) {
                    heard(hears.phrases(), hears.never());
                }
                heardSince = true;
            }
            case Step.SpeaksOn on -> heard(on.phrases(), List.of());
            case Step.LeavesMessage message ->
                    expect(message.phrases(), arguments("take_message"), "a message");
            case Step.IsTransferred _ -> requireUsed(TRANSFER);
            case Step.IsHungUpOn _ -> requireUsed("hang_up");
            case Step.Makes _,
                    Step.Presses _,
                    Step.Waits _,
                    Step.HangsUp _,
                    Step.HearsNothing _,
                    Step.FallsSilent _ -> {}
        }
    }

    private void hear(String said) {
        messages.add(ChatMessage.of("user", said));
        answer = "";
        struck = false;
        heardSince = false;
        ChatReply reply = ask();
        while (!reply.calls().isEmpty() && !struck) {
            for (ToolCall call : reply.calls()) {
                used.add(call);
                messages.add(new ChatMessage("tool", "done", List.of(), call.name()));
            }
            reply = ask();
        }
    }

    private ChatReply ask() {
        ChatReply reply = model.reply(request());
        struck |= reply.fault().isPresent();
        answer = (answer + " " + reply.text()).strip();
        messages.add(new ChatMessage("assistant", reply.text(), reply.calls(), ""));
        return reply;
    }

    private ChatRequest request() {
        return new ChatRequest(
                "m",
                messages,
                List.of(),
                true,
                OptionalInt.empty(),
                Map.of(),
                new JsonObject().put("tools", TOOLS));
    }

    private void heard(List<Phrase> phrases, List<Phrase> never) {
        if (struck) {
            return;
        }
        expect(phrases, answer, "what is heard");
        for (Phrase phrase : never) {
            if (phrase.isIn(answer)) {
                failures.add(phrase + " in what is heard: " + answer);
            }
        }
    }

    private void expect(List<Phrase> phrases, String text, String what) {
        Phrase.missing(phrases, text)
                .forEach(phrase -> failures.add("no " + phrase + " in " + what + ": " + text));
    }

    private void requireUsed(String tool) {
        if (used.stream().noneMatch(call -> call.name().equals(tool))) {
            failures.add("nobody used " + tool);
        }
    }

    private String arguments(String tool) {
        return String.join(
                " ",
                used.stream()
                        .filter(call -> call.name().equals(tool))
                        .map(call -> call.arguments().encode())
                        .toList());
    }
}
