package io.sandalphone.harness.agents;

import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.Instructions;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatMessage;
import io.sandalphone.harness.fakes.chat.ChatReply;
import io.sandalphone.harness.fakes.chat.ChatRequest;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.fakes.chat.ToolCall;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.resilience.ResilienceSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A language model in virtual time: answers as a script says, at the pace of a model; what befalls it is what the gateway's client
/// makes of the same fault of the stand-in ([FaultyAnswer]), given up after as long as the gateway's settings say.
final class ScriptedBrain implements Brain {
    private static final String HANG_UP = "hang_up";
    private static final String TRANSFER = "transfer_to_person";

    private final Waiting waiting;
    private final Draws draws;
    private final ChatScript script;
    private final ResilienceSettings.Thinking limits = ResilienceSettings.defaults().thinking();
    private @Nullable Fault injected;
    private int asked;

    ScriptedBrain(Waiting waiting, Draws draws, ChatScript script) {
        this.waiting = waiting;
        this.draws = draws;
        this.script = script;
    }

    /// From now on `fault` befalls each answer, the one under way included where it can.
    void inject(Fault fault) {
        injected = fault;
    }

    /// How often it was asked.
    int asked() {
        return asked;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public boolean converses(Language language) {
        return true;
    }

    @Override
    public void answer(BrainRequest request, BrainReply out)
            throws SpeechException, InterruptedException {
        List<ChatMessage> messages = new ArrayList<>(messages(request));
        for (int round = 0; ; round++) {
            FaultyAnswer answer = ask(request, messages, out);
            boolean usable = false;
            for (ToolCall call : answer.calls()) {
                wish(call, request).ifPresent(out::wish);
                usable |= request.tools().named(call.name()).isPresent();
            }
            if (!usable || round == Toolbox.MOST_ROUNDS) {
                return;
            }
            messages.add(new ChatMessage("assistant", answer.reply().text(), answer.calls(), ""));
            for (ToolCall call : answer.calls()) {
                messages.add(
                        new ChatMessage(
                                "tool",
                                request.tools().use(call.name(), call.arguments().encode()),
                                List.of(),
                                call.name()));
            }
        }
    }

    /// One round of it, said.
    private FaultyAnswer ask(BrainRequest request, List<ChatMessage> messages, BrainReply out)
            throws SpeechException, InterruptedException {
        asked++;
        ChatReply reply = script.reply(chat(request, messages));
        Fault before = injected;
        Fault fault = before != null ? before : reply.fault().orElse(null);
        var answer = new FaultyAnswer(reply, fault);
        Optional<SpeechException> refusal = answer.refused();
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        Duration first = draws.firstToken().plus(answer.late());
        if (answer.isMute() || first.compareTo(limits.firstWordsTimeout()) > 0) {
            giveUp(limits.firstWordsTimeout());
        }
        waiting.pause(first);
        say(answer, before, out);
        return answer;
    }

    private void say(FaultyAnswer answer, @Nullable Fault before, BrainReply out)
            throws SpeechException, InterruptedException {
        int sent = 0;
        Iterator<String> tokens = answer.tokens();
        while (true) {
            if (injected != before && injected != null) {
                befall(FaultyAnswer.amid(injected));
            }
            if (sent >= answer.middle()) {
                befall(answer.amid());
            }
            if (!tokens.hasNext()) {
                break;
            }
            out.text(tokens.next());
            sent++;
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!answer.isFlood() && tokens.hasNext()) {
                waiting.pause(Duration.ofNanos(draws.delays().tokenNanos(1)));
            }
        }
        if (answer.breaksOffAtItsEnd()) {
            throw new SpeechException(Kind.PROVIDER_FAULT, "the answer broke off");
        }
    }

    private void befall(FaultyAnswer.Amid what) throws SpeechException, InterruptedException {
        switch (what) {
            case NOTHING -> {}
            case SILENCE -> giveUp(limits.stallTimeout());
            case FAILURE ->
                    throw new SpeechException(Kind.PROVIDER_FAULT, "failed amid the answer");
            case BREAK -> throw new SpeechException(Kind.UNREACHABLE, "the connection failed");
        }
    }

    private void giveUp(Duration after) throws SpeechException, InterruptedException {
        waiting.pause(after);
        throw new SpeechException(Kind.TIMEOUT, "did not answer in time");
    }

    private static Optional<Wish> wish(ToolCall call, BrainRequest request) {
        Wish wish =
                switch (call.name()) {
                    case HANG_UP -> new Wish.HangUp();
                    case TRANSFER ->
                            new Wish.Transfer(
                                    Optional.ofNullable(call.arguments().getString("to")),
                                    call.arguments().getString("reason", ""));
                    default -> null;
                };
        return Optional.ofNullable(wish)
                .filter(wished -> request.abilities().contains(wished.ability()));
    }

    private static List<ChatMessage> messages(BrainRequest request) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(ChatMessage.of("system", Instructions.of(request)));
        for (Turn turn : request.conversation()) {
            boolean caller = turn.speaker() == Turn.Speaker.CALLER;
            messages.add(ChatMessage.of(caller ? "user" : "assistant", turn.text()));
        }
        return messages;
    }

    /// As a server of OpenAI's protocol is asked.
    private static ChatRequest chat(BrainRequest request, List<ChatMessage> messages) {
        var tools = new JsonArray();
        if (request.abilities().contains(Wish.Ability.HANG_UP)) {
            tools.add(tool(HANG_UP, new JsonObject()));
        }
        if (request.abilities().contains(Wish.Ability.TRANSFER)) {
            tools.add(
                    tool(
                            TRANSFER,
                            new JsonObject().put("required", new JsonArray().add("reason"))));
        }
        request.tools()
                .tools()
                .forEach(each -> tools.add(tool(each.name(), new JsonObject(each.parameters()))));
        return new ChatRequest(
                request.model().orElse("scripted"),
                messages,
                tools.stream()
                        .map(
                                each ->
                                        ((JsonObject) each)
                                                .getJsonObject("function")
                                                .getString("name"))
                        .toList(),
                true,
                OptionalInt.empty(),
                Map.of(),
                new JsonObject().put("tools", tools));
    }

    private static JsonObject tool(String name, JsonObject parameters) {
        return new JsonObject()
                .put("type", "function")
                .put("function", new JsonObject().put("name", name).put("parameters", parameters));
    }
}
