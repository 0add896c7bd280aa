package io.sandalphone.harness.fakes.chat;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.FakeServer;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.ServedFake;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A server with a language model behind it, on loopback. What it is asked it answers by a [script][ChatScript], at the pace of
/// a [model][ChatModel], streamed or at once, and remembers.
///
/// Faults strike a request when it comes; those that happen amid an answer, and STALL, strike the answers under way as well. A
/// [reply][ChatReply#struckBy] may bring a fault of its own.
///
/// Traced are each `asked`, each `token` that is sent with how many there are so far, and each `answer` that is complete, by what the user said.
public final class ChatFake extends ServedFake {
    /// How much later than it should an answer comes under SLOW.
    private static final Duration SLOWNESS = Duration.ofSeconds(6);

    /// What a client is told to wait when it asked too often, in seconds.
    static final int RETRY_AFTER = 2;

    private final Protocol protocol;
    private final ChatModel model;
    private final FakeServer server;

    // What follows belongs to the server's loop.
    private final SplittableRandom chance;
    private final List<ChatRequest> asked = new ArrayList<>();
    private final Map<Integer, Integer> refused = new TreeMap<>();
    private final Set<ChatAnswer> underWay = new HashSet<>();
    private int answered;
    private int spoilt;
    private int abandoned;
    private int mostAtOnce;
    private int tokens;
    private int requests;
    private int refusedByFault;

    private ChatFake(Vertx vertx, FakeOptions options, ChatModel model, Protocol protocol) {
        super(protocol.faults());
        this.model = model;
        this.protocol = protocol;
        chance = new SplittableRandom(model.seed());
        server = FakeServer.listen(vertx, options, this::serve);
    }

    /// Starts one that speaks OpenAI's chat completions. Not to be called on an event loop.
    public static ChatFake openAi(
            Vertx vertx, FakeOptions options, ChatModel model, OpenAiAccount account) {
        return new ChatFake(vertx, options, model, new OpenAiProtocol(account, model.habits()));
    }

    /// Starts one that speaks Ollama's own protocol, by plain HTTP as it does. Not to be called on an event loop.
    public static ChatFake ollama(
            Vertx vertx, FakeOptions options, ChatModel model, OllamaHost host) {
        return new ChatFake(vertx, options, model, new OllamaProtocol(host));
    }

    @Override
    protected FakeServer server() {
        return server;
    }

    @Override
    protected void strike(Fault fault) {
        Set.copyOf(underWay).forEach(answer -> answer.strike(fault));
    }

    /// What came to pass so far.
    public ChatJournal journal() {
        return server.onLoop(
                () ->
                        new ChatJournal(
                                requests,
                                answered,
                                refused,
                                spoilt,
                                abandoned,
                                underWay.size(),
                                mostAtOnce,
                                tokens));
    }

    /// What the model was asked so far, in order, as far as it was let in.
    public List<ChatRequest> asked() {
        return server.onLoop(() -> List.copyOf(asked));
    }

    private void serve(HttpServerRequest request) {
        request.body().onSuccess(body -> receive(request, body));
    }

    private void receive(HttpServerRequest request, Buffer body) {
        Fault injected = activeFault.current();
        try {
            var reply = protocol.receive(request, body, injected == Fault.INCOMPLETE);
            switch (reply) {
                case Protocol.Reply.Known(String type, String text) ->
                        request.response().putHeader("Content-Type", type).end(text);
                case Protocol.Reply.Answer answer -> answer(request, answer, injected);
            }
        } catch (Refusal refusal) {
            refuse(request.response(), refusal);
        }
    }

    private void answer(
            HttpServerRequest request, Protocol.Reply.Answer answer, @Nullable Fault injected)
            throws Refusal {
        requests++;
        refuseBy(injected);
        asked.add(answer.asked());
        ChatReply reply = model.script().reply(answer.asked());
        Fault fault = injected != null ? injected : reply.fault().orElse(null);
        if (injected == null) {
            refuseBy(fault);
        }
        String said = answer.asked().said();
        server.note("asked", said, 0);
        var own =
                new ChatAnswer(
                        server,
                        model,
                        request,
                        answer.asked(),
                        answer.dialect(),
                        chance.split(),
                        new ChatAnswer.Listener() {
                            @Override
                            public void sent(int count, int soFar) {
                                tokens += count;
                                server.note("token", said, soFar);
                            }

                            @Override
                            public void ended(ChatAnswer ended, ChatAnswer.End end) {
                                over(ended, end, said);
                            }
                        });
        underWay.add(own);
        mostAtOnce = Math.max(mostAtOnce, underWay.size());
        Duration first = model.pace().drawFirst(chance).plus(answer.loading());
        own.begin(reply, fault, fault == Fault.SLOW ? first.plus(SLOWNESS) : first);
    }

    private void refuseBy(@Nullable Fault fault) throws Refusal {
        Refusal refusal = fault == null ? null : protocol.refusal(fault, refusedByFault);
        if (refusal != null) {
            refusedByFault++;
            throw refusal;
        }
    }

    private void over(ChatAnswer answer, ChatAnswer.End end, String said) {
        underWay.remove(answer);
        switch (end) {
            case COMPLETED -> {
                answered++;
                server.note("answer", said, 0);
            }
            case SPOILT -> spoilt++;
            case ABANDONED -> abandoned++;
        }
    }

    private void refuse(HttpServerResponse response, Refusal refusal) {
        refused.merge(refusal.status(), 1, Integer::sum);
        if (refusal.status() == 429 && !refusal.code().equals("insufficient_quota")) {
            response.putHeader("Retry-After", Integer.toString(RETRY_AFTER));
        }
        JsonObject body = protocol.told(refusal);
        response.setStatusCode(refusal.status())
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }
}
