package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.agents.ToneConversation;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.backend.BackendSignature;
import io.sandalphone.harness.fakes.chat.ChatFake;
import io.sandalphone.harness.fakes.chat.ChatMessage;
import io.sandalphone.harness.fakes.chat.ChatModel;
import io.sandalphone.harness.fakes.chat.ChatReply;
import io.sandalphone.harness.fakes.chat.ChatRequest;
import io.sandalphone.harness.fakes.chat.OpenAiAccount;
import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpCall;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.fakes.http.HttpService;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Network;
import io.sandalphone.harness.lab.NetworkVertx;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A caller, an agent with a language model, and the operator's server that has its tools and takes its messages. The first
/// word that the caller says tells the model what to do: `W1` look for a room and say what there is, `W2` take a message, `W4`
/// press keys, `W5` use what nobody has.
final class AgentAtWork implements AutoCloseable {
    /// What the model says when a tool, or a message, failed.
    static final ToneWord FAILED = ToneWord.W6;

    /// What it says when all went well.
    static final ToneWord DONE = ToneWord.W5;

    /// What is on the operator's server.
    static final ToneWord FOUND = ToneWord.W4;

    static final String KEYS = "12#";
    static final String SECRET = "a secret of the two alone";

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ToneSpeech SAID = ToneSpeech.USUAL.withWord(Duration.ofMillis(400));

    private final List<AutoCloseable> opened = new ArrayList<>();
    final List<HttpCall> requests = new CopyOnWriteArrayList<>();
    final ChatFake model;
    final HttpFake server;
    final PairLab lab;

    private final class Desk implements HttpService {
        @Override
        public Set<Fault> faults() {
            return Set.of(Fault.SERVER_ERROR);
        }

        @Override
        public HttpAnswer answer(HttpCall call) {
            requests.add(call);
            return HttpAnswer.whole("text/plain", Buffer.buffer(FOUND.text()));
        }

        @Override
        public Optional<HttpRefusal> refusal(Fault fault, int count) {
            return fault == Fault.SERVER_ERROR
                    ? Optional.of(new HttpRefusal(500, new JsonObject()))
                    : Optional.empty();
        }
    }

    AgentAtWork(Kind kind, Optional<AsteriskHost> host, String abilities) throws Exception {
        this(kind, host, "abilities: " + abilities, "");
    }

    /// @param agent a line of the agent's settings
    /// @param more other settings: YAML
    AgentAtWork(Kind kind, Optional<AsteriskHost> host, String agent, String more)
            throws Exception {
        Network network = host.<Network>map(AsteriskHost::vps).orElseGet(Network::ofThisMachine);
        Vertx vertx = NetworkVertx.in(network);
        opened.add(() -> vertx.close().await());
        try {
            server =
                    network.call(
                            () ->
                                    HttpFake.start(
                                            vertx,
                                            FakeOptions.PLAIN,
                                            HttpFake.INSTANT,
                                            new Desk()));
            opened.add(server);
            model =
                    network.call(
                            () ->
                                    ChatFake.openAi(
                                            vertx,
                                            FakeOptions.PLAIN,
                                            ChatModel.instant(AgentAtWork::reply),
                                            OpenAiAccount.OWN_SERVER));
            opened.add(model);
            lab =
                    ToneConversation.open(
                            kind,
                            host,
                            """
                            agent-defaults:
                              brain: [openai]
                              %1$s
                              tools:
                                - name: find_room
                                  description: "Finds a room."
                                  url: "%2$s/rooms"
                                  parameters:
                                    type: object
                                    required: [date]
                                    properties: {date: {type: string, format: date}}
                            tools: {hosts: [localhost]}
                            messages: {url: "%2$s/inbox", secret: "%3$s"}
                            brains: {openai: {base-url: "%4$s/v1", model: fake-mini}}
                            """
                                            .formatted(
                                                    agent,
                                                    server.address(),
                                                    SECRET,
                                                    model.address())
                                    + more,
                            ControllerProgram.QUICK);
            opened.add(lab);
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    private static ChatReply reply(ChatRequest request) {
        ChatMessage last = request.last();
        if (last.isFrom("tool")) {
            if (last.content().startsWith("error: ")) {
                return ChatReply.says(FAILED.text());
            }
            return ChatReply.says(last.tool().equals("find_room") ? last.content() : DONE.text());
        }
        String said = request.said();
        if (said.endsWith(ToneWord.W1.text())) {
            return ChatReply.calls("find_room", new JsonObject().put("date", "2026-12-24"));
        }
        if (said.endsWith(ToneWord.W2.text())) {
            return ChatReply.calls("take_message", new JsonObject().put("message", said));
        }
        if (said.endsWith(ToneWord.W4.text())) {
            return ChatReply.calls("send_keys", new JsonObject().put("keys", KEYS));
        }
        return ChatReply.calls("open_pod_bay_doors", new JsonObject());
    }

    /// A caller who was greeted.
    PairPhone call() {
        PairPhone caller = lab.call(1);
        caller.awaitUp(SOON);
        Poll.until(
                SOON,
                () -> words(caller.heard().pcm()).contains(ToneWord.W8),
                () -> "greeted, not " + words(caller.heard().pcm()) + lab.gateway().log());
        ToneConversation.untilSilent(caller);
        return caller;
    }

    /// The caller says `word`, and hears `answer`.
    void ask(PairPhone caller, ToneWord word, ToneWord answer) {
        long asked = caller.say(SAID.render(word));
        Poll.until(
                SOON,
                () -> caller.tones(asked).words().contains(answer),
                () ->
                        answer
                                + " is answered, not "
                                + words(caller.heard().pcm())
                                + lab.gateway().log());
        ToneConversation.untilSilent(caller);
    }

    private static List<ToneWord> words(short[] pcm) {
        return ToneDetector.listen(pcm).words();
    }

    /// A key that was cut in two while this telephone could not listen, as on a busy machine, is one; no two alike are pressed.
    private static String once(String keys) {
        return keys.replaceAll("(.)\\1+", "$1");
    }

    /// Asks for all that there is, and hangs up.
    void everything() {
        PairPhone caller = call();
        ask(caller, ToneWord.W1, FOUND);
        ask(caller, ToneWord.W2, DONE);
        HttpCall message = requests.getLast();
        assertEquals("POST /inbox", message.what());
        assertEquals(
                new BackendSignature(SECRET)
                        .sign(message.header("x-timestamp"), message.body().getBytes()),
                message.header("x-signature"));
        assertEquals(ToneWord.W2.text(), new JsonObject(message.body()).getString("message"));
        ask(caller, ToneWord.W4, DONE);
        Poll.until(
                SOON,
                () -> once(caller.keys()).equals(KEYS),
                () -> KEYS + " is heard, not " + caller.keys());
        server.inject(Fault.SERVER_ERROR);
        ask(caller, ToneWord.W2, FAILED);
        ask(caller, ToneWord.W1, FAILED);
        ask(caller, ToneWord.W5, FAILED);
        assertTrue(caller.isUp());
        String log = lab.gateway().log();
        assertTrue(log.contains("could not be delivered, and is lost"), log);
        assertTrue(
                !log.contains(ToneWord.W2.text()) && !log.contains("2026-12-24"),
                "nothing of what was said is in " + log);
        caller.hangUp();
        lab.awaitNobodyLeft(SOON);
        lab.gateway().awaitIdle(SOON);
    }

    @Override
    public void close() {
        for (AutoCloseable each : opened.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
