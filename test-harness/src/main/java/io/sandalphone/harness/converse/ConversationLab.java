package io.sandalphone.harness.converse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.controller.EventWatch;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.chat.ChatFake;
import io.sandalphone.harness.fakes.chat.ChatModel;
import io.sandalphone.harness.fakes.chat.ChatPace;
import io.sandalphone.harness.fakes.chat.ChatReply;
import io.sandalphone.harness.fakes.chat.ChatRequest;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.fakes.chat.OpenAiAccount;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Network;
import io.sandalphone.harness.lab.NetworkVertx;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.pairs.Kind;
import io.sandalphone.harness.pairs.Line;
import io.sandalphone.harness.pairs.PairLab;
import io.sandalphone.harness.receptionist.Greetings;
import io.sandalphone.harness.receptionist.Receptionist;
import io.sandalphone.speech.Language;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A gateway of its own process whose agent is a conversation's, reached by telephones of one kind: it hears and speaks with the
/// embedded engines, and its language model is the stand-in for a receptionist's. One call at a time; one thread.
public final class ConversationLab implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);

    /// Within which a recognizer has loaded its model.
    private static final Duration MODEL = Duration.ofMinutes(2);

    /// The line whose destination is the person to whom the agent puts callers through.
    private static final int PERSON = 0;

    private static final String RECOGNIZER = "transcriber whisper";

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Switched script = new Switched();
    private final Inbox inbox = new Inbox();
    private final Kind kind;
    private final Answering answering;
    private final CallerVoice voice;
    private final CallerEar ear;
    private final PairLab lab;
    private int line;

    /// Answers as the conversation wants that goes on.
    private static final class Switched implements ChatScript {
        private volatile ChatScript now = new Receptionist();

        @Override
        public ChatReply reply(ChatRequest request) {
            return now.reply(request);
        }
    }

    /// Which agent, in which language.
    ///
    /// @param model the address of a real model's server in place of the stand-in, and the model's name
    /// @param person to whom it may put callers through, where that is not one who speaks its language and is told nothing
    public record Answering(
            Conversation.Agent agent,
            Language language,
            Optional<Model> model,
            Optional<Other> person) {
        /// A server that speaks OpenAI's protocol.
        public record Model(String baseUrl, String name) {}

        /// Somebody who speaks `language`, to whom the caller says `words` first.
        public record Other(Language language, String words) {}

        static Answering of(Conversation conversation) {
            return new Answering(
                    conversation.agent(),
                    conversation.language(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    private ConversationLab(
            Kind kind,
            Optional<AsteriskHost> host,
            Answering answering,
            ControllerProgram program,
            CallerVoice voice,
            CallerEar ear)
            throws Exception {
        this.kind = kind;
        this.answering = answering;
        this.voice = voice;
        this.ear = ear;
        try {
            Network network =
                    host.<Network>map(AsteriskHost::vps).orElseGet(Network::ofThisMachine);
            Vertx vertx = NetworkVertx.in(network);
            opened.add(() -> vertx.close().await());
            ChatFake model =
                    network.call(
                            () ->
                                    ChatFake.openAi(
                                            vertx,
                                            FakeOptions.PLAIN,
                                            ChatModel.instant(script).withPace(ChatPace.MODELLED),
                                            OpenAiAccount.OWN_SERVER));
            opened.add(model);
            HttpFake post =
                    network.call(
                            () ->
                                    HttpFake.start(
                                            vertx, FakeOptions.PLAIN, HttpFake.INSTANT, inbox));
            opened.add(post);
            lab = PairLab.withAgent(kind, host, settings(kind, answering, model, post), program);
            opened.add(lab);
            Poll.until(
                    MODEL,
                    () -> lab.gateway().check(RECOGNIZER).path("up").asBoolean(),
                    () -> "the recognizer is there: " + lab.gateway().check(RECOGNIZER));
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    /// Starts one. `host` is there for SIP telephones.
    public static ConversationLab open(
            Kind kind,
            Optional<AsteriskHost> host,
            Answering answering,
            ControllerProgram program,
            CallerVoice voice,
            CallerEar ear)
            throws Exception {
        return new ConversationLab(kind, host, answering, program, voice, ear);
    }

    private static ControllerSettings settings(
            Kind kind, Answering answering, ChatFake fake, HttpFake post) {
        ObjectNode more = JsonNodeFactory.instance.objectNode();
        ObjectNode agent = more.putObject("agents").putObject(PairLab.AGENT);
        agent.put("language", answering.language().tag());
        if (answering.agent() == Conversation.Agent.RECEPTIONIST) {
            agent.put("greeting", Greetings.in(answering.language()));
            agent.putArray("brain").add("openai");
            agent.putArray("abilities").add("hang-up").add("take-message");
            more.putObject("messages")
                    .put("url", post.address() + "/messages")
                    .put("secret", Inbox.SECRET);
            if (kind != Kind.BROWSER) {
                ObjectNode person =
                        agent.putObject("transfer")
                                .putObject("to")
                                .putObject("reception")
                                .put("destination", new Line(PERSON).destination());
                answering
                        .person()
                        .ifPresent(other -> person.put("language", other.language().tag()));
            }
            more.putObject("brains").set("openai", model(answering, fake));
        }
        ControllerSettings settings =
                ControllerSettings.offline()
                        .speech("transcriber", "whisper", "offline")
                        // On a busy machine words come later, not from an engine that mishears
                        // more.
                        .engine("whisper", "longest-wait", "1m");
        for (Map.Entry<String, JsonNode> section : more.properties()) {
            settings = settings.with(section.getKey() + ": " + section.getValue());
        }
        return settings;
    }

    /// A real model's server is told the key in the environment, as `brains.openai.api-key` has it by default; the stand-in is not.
    private static ObjectNode model(Answering answering, ChatFake fake) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        return answering
                .model()
                .map(model -> settings.put("base-url", model.baseUrl()).put("model", model.name()))
                .orElseGet(
                        () ->
                                settings.put("base-url", fake.address() + "/v1")
                                        .put("model", "fake-mini")
                                        .put("api-key", "none"));
    }

    /// Has `conversation`, which is one with this agent, over the next telephone.
    public HeldCall hold(Conversation conversation, Duration allowance) {
        script.now =
                conversation.script(
                        conversation.agent() == Conversation.Agent.RECEPTIONIST
                                ? new Receptionist()
                                : ChatScript.echo());
        voice.prepare(conversation);
        inbox.empty();
        line = line % 9 + 1;
        try (RealPhone phone =
                RealPhone.connected(
                        lab.call(line),
                        voice,
                        ear,
                        this::reason,
                        person(conversation.language()),
                        () ->
                                answering.agent() == Conversation.Agent.RECEPTIONIST
                                        ? Optional.of(inbox.messages())
                                        : Optional.empty(),
                        conversation)) {
            Verdict verdict = ConversationRun.of(conversation, phone, allowance);
            lab.awaitNobodyLeft(SOON);
            lab.gateway().awaitIdle(SOON);
            return new HeldCall(
                    verdict,
                    phone.turns(conversation.language()),
                    reason(),
                    phone.recordedSaid(),
                    phone.recordedHeard(),
                    phone.heardByPerson(),
                    phone.recordedByPerson());
        }
    }

    /// Nobody rings for a browser.
    private Optional<Person> person(Language language) {
        return kind == Kind.BROWSER
                ? Optional.empty()
                : Optional.of(
                        new Person(
                                answering.person().map(Answering.Other::language).orElse(language),
                                within -> lab.awaitRung(PERSON, within),
                                () ->
                                        lab.gateway().sessions().findValuesAsText("state").stream()
                                                .anyMatch("talking"::equals),
                                answering.person().map(Answering.Other::words)));
    }

    /// Why the latest call ended, as far as the gateway has told.
    private String reason() {
        return lab.events().events().stream()
                .filter(event -> event.name().equals("ended"))
                .map(EventWatch.Event::data)
                .reduce((_, later) -> later)
                .map(data -> data.path("reason").asText())
                .orElse("unknown");
    }

    @Override
    public void close() {
        for (AutoCloseable each : opened.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
