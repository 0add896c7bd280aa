package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.CallFacts;
import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;
import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatFake;
import io.sandalphone.harness.fakes.chat.ChatModel;
import io.sandalphone.harness.fakes.chat.OpenAiAccount;
import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpCall;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.fakes.http.HttpService;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.receptionist.Receptionist;
import io.sandalphone.providers.openai.OpenAiProvider;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Usage;
import io.sandalphone.tools.MessageQuota;
import io.sandalphone.tools.ToolHosts;
import io.sandalphone.tools.ToolKit;
import io.sandalphone.tools.ToolLookup;
import io.sandalphone.tools.ToolUses;
import io.sandalphone.webhook.WebhookSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A receptionist who has the tools that an agent has.
@Timeout(60)
class ReceptionistToolsTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final CallFacts CALL = new CallFacts("c1", "+15551230009", "", Map.of());

    private final List<HttpCall> messages = new CopyOnWriteArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final List<Wish> wishes = new ArrayList<>();
    private final ChatFake model =
            ChatFake.openAi(
                    VERTX.get(),
                    FakeOptions.PLAIN,
                    ChatModel.instant(new Receptionist()),
                    OpenAiAccount.OWN_SERVER);
    private final HttpFake inbox =
            HttpFake.start(VERTX.get(), FakeOptions.PLAIN, HttpFake.INSTANT, new Inbox());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ToolKit kit =
            new ToolKit(
                    new WebhookSettings(
                            Optional.of(inbox.address()),
                            Optional.of(new Secret("a secret of the two alone")),
                            Duration.ofSeconds(20)),
                    new ToolLookup(ToolHosts.NONE),
                    meters);
    private final ToolUses tools =
            new ToolUses(
                    "c1",
                    List.of(kit.takeMessage(CALL, "desk", "en", new MessageQuota(), () -> 0)),
                    kit.meters());
    private final Brain brain = brain();

    private final class Inbox implements HttpService {
        @Override
        public Set<Fault> faults() {
            return Set.of(Fault.FORBIDDEN);
        }

        @Override
        public HttpAnswer answer(HttpCall call) {
            messages.add(call);
            return HttpAnswer.json(new JsonObject());
        }

        @Override
        public Optional<HttpRefusal> refusal(Fault fault, int count) {
            return fault == Fault.FORBIDDEN
                    ? Optional.of(new HttpRefusal(403, new JsonObject()))
                    : Optional.empty();
        }
    }

    private Brain brain() {
        ObjectNode own =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("base-url", model.address() + "/v1")
                        .put("api-key", "none")
                        .put("model", "fake-mini")
                        .put("max-tokens", 300)
                        .put("reasoning-effort", "default");
        return new OpenAiProvider().read(Section.root(own)).get().make(meters);
    }

    @AfterEach
    void close() {
        brain.close();
        kit.close();
        inbox.close();
        model.close();
    }

    private String says(String words) throws Exception {
        turns.add(Turn.caller(words));
        var answer = new StringBuilder();
        brain.answer(
                new BrainRequest(
                                CALL,
                                new Language("en"),
                                "You are at the front desk.",
                                Optional.empty(),
                                turns,
                                Set.of(Wish.Ability.HANG_UP),
                                Usage.UNMETERED)
                        .with(tools),
                new BrainReply() {
                    @Override
                    public void text(String piece) {
                        answer.append(piece);
                    }

                    @Override
                    public void wish(Wish wish) {
                        wishes.add(wish);
                    }
                });
        turns.add(Turn.agent(answer.toString().strip()));
        return answer.toString().strip();
    }

    @Test
    void a_message_is_taken_passed_on_and_confirmed() throws Exception {
        assertEquals("Of course. What is your message?", says("I would like to leave a message."));
        assertEquals(
                "Thank you, I will pass it on. Is there anything else?",
                says("My crown came off, please call me back."));
        assertEquals(
                "My crown came off, please call me back.",
                new JsonObject(messages.getFirst().body()).getString("message"));
        assertEquals("Goodbye, and have a nice day.", says("No, that is all. Goodbye."));
        assertEquals(List.of(new Wish.HangUp()), wishes);
    }

    @Test
    void a_message_that_cannot_be_passed_on_is_not_confirmed() throws Exception {
        inbox.inject(Fault.FORBIDDEN);
        assertEquals("Of course. What is your message?", says("Can I leave a message?"));
        String answer = says("Tell the doctor that I am late.");
        assertTrue(answer.startsWith("I am sorry"), answer);
        assertEquals(1, meters.get("sandalphone.tools.messages.lost").counter().count());
    }

    @Test
    void who_asks_for_a_person_that_nobody_can_put_through_to_leaves_a_message() throws Exception {
        assertTrue(
                says("I want to talk to a person.").contains("Would you like to leave a message"));
        var _ = says("Yes: my tooth hurts.");
        assertEquals(1, messages.size());
    }
}
