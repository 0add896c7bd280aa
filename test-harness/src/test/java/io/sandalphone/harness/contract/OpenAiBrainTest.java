package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import io.sandalphone.config.Finding;
import io.sandalphone.config.Section;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatFake;
import io.sandalphone.harness.fakes.chat.ChatModel;
import io.sandalphone.harness.fakes.chat.ChatPace;
import io.sandalphone.harness.fakes.chat.ChatReply;
import io.sandalphone.harness.fakes.chat.ChatRequest;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.fakes.chat.OpenAiAccount;
import io.sandalphone.harness.fakes.chat.WireHabits;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.providers.openai.OpenAiProvider;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Usage;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// The brain behind a server that speaks OpenAI's protocol.
@Timeout(60)
class OpenAiBrainTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Said said = new Said();

    private static final class Said implements BrainReply {
        final StringBuilder text = new StringBuilder();
        final List<Wish> wishes = new ArrayList<>();

        @Override
        public synchronized void text(String piece) {
            text.append(piece);
        }

        synchronized boolean begun() {
            return !text.isEmpty();
        }

        @Override
        public void wish(Wish wish) {
            wishes.add(wish);
        }
    }

    private ChatFake fake(ChatModel model, OpenAiAccount account) {
        ChatFake fake = ChatFake.openAi(VERTX, FakeOptions.PLAIN, model, account);
        opened.add(fake);
        return fake;
    }

    private ChatFake fake(ChatScript script) {
        return fake(ChatModel.instant(script), OpenAiAccount.USUAL);
    }

    private Brain brain(ChatFake fake, String key, String model) {
        ObjectNode own =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("base-url", fake.address() + "/v1")
                        .put("api-key", key)
                        .put("model", model)
                        .put("max-tokens", 300)
                        .put("reasoning-effort", "default");
        Brain brain =
                new OpenAiProvider().read(Section.root(own)).get().make(new SimpleMeterRegistry());
        opened.add(brain);
        return brain;
    }

    private Brain brain(ChatFake fake) {
        return brain(fake, OpenAiAccount.USUAL.key().orElseThrow(), "fake-mini");
    }

    private static BrainRequest asked(Set<Wish.Ability> abilities, Turn... turns) {
        return new BrainRequest(
                new CallFacts("c1", "", "", Map.of()),
                new Language("es"),
                "Work at a desk.",
                Optional.empty(),
                List.of(turns),
                abilities,
                Usage.UNMETERED);
    }

    private static BrainRequest asked(String text) {
        return asked(Set.of(), Turn.caller(text));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @AfterAll
    static void closeVertx() throws Exception {
        VERTX.close().await();
    }

    @Test
    void the_conversation_is_told_and_the_answer_comes_whole() throws Exception {
        ChatFake fake = fake(ChatScript.echo());
        brain(fake)
                .answer(
                        asked(
                                Set.of(),
                                Turn.agent("¿Diga?"),
                                Turn.caller("hola"),
                                new Turn(Turn.Speaker.AGENT, "Hola, le", true),
                                Turn.caller("¿a qué hora abren? 😀")),
                        said);
        assertEquals("¿a qué hora abren? 😀", said.text.toString());
        ChatRequest request = fake.asked().getFirst();
        assertEquals(
                List.of("system", "assistant", "user", "assistant", "user"),
                request.messages().stream().map(message -> message.role()).toList());
        String system = request.messages().getFirst().content();
        assertTrue(system.startsWith("Work at a desk.") && system.contains("in Spanish"), system);
        assertTrue(request.streams());
    }

    @ParameterizedTest
    @EnumSource(WireHabits.Split.class)
    void however_it_is_written_it_says_the_same(WireHabits.Split split) throws Exception {
        ChatFake fake =
                fake(
                        ChatModel.instant(ChatScript.echo())
                                .withHabits(WireHabits.ODD.split(split).withoutDoneMark()),
                        OpenAiAccount.USUAL);
        brain(fake).answer(asked("¿a qué hora abren? 😀 日本"), said);
        assertEquals("¿a qué hora abren? 😀 日本", said.text.toString());
    }

    @Test
    void what_may_be_wished_is_offered_and_its_calls_are_wishes() throws Exception {
        ChatFake fake =
                fake(
                        ChatScript.inOrder(
                                ChatReply.says("Adiós.").andCalls("hang_up", new JsonObject()),
                                ChatReply.calls(
                                        "transfer_to_person",
                                        new JsonObject().put("reason", "wants a room"))));
        Brain brain = brain(fake);
        Set<Wish.Ability> all = Set.of(Wish.Ability.values());
        brain.answer(asked(all, Turn.caller("adiós")), said);
        assertEquals("Adiós.", said.text.toString());
        assertInstanceOf(Wish.HangUp.class, said.wishes.getFirst());
        brain.answer(asked(all, Turn.caller("una persona")), said);
        assertEquals(new Wish.Transfer(Optional.empty(), "wants a room"), said.wishes.get(1));
        assertEquals(2, fake.asked().getFirst().tools().size());
    }

    @Test
    void what_was_not_offered_is_not_wished() throws Exception {
        ChatFake fake =
                fake(
                        ChatScript.inOrder(
                                ChatReply.says("No.").andCalls("hang_up", new JsonObject())));
        brain(fake).answer(asked(Set.of(), Turn.caller("adiós")), said);
        assertEquals(List.of(), said.wishes);
        assertEquals(List.of(), fake.asked().getFirst().tools());
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, CREDENTIALS", "FORBIDDEN, CREDENTIALS", "NOT_FOUND, REQUEST",
        "RATE_LIMITED, OVERLOADED", "QUOTA_SPENT, QUOTA", "SERVER_ERROR, PROVIDER_FAULT",
        "ERROR_WITHIN, PROVIDER_FAULT", "CUT, UNREACHABLE", "UNFINISHED, PROVIDER_FAULT"
    })
    void each_failure_has_its_kind_and_none_repeats_what_was_said(Fault fault, Kind kind) {
        ChatFake fake = fake(ChatScript.echo());
        fake.inject(fault);
        SpeechException failure =
                assertThrows(
                        SpeechException.class,
                        () -> brain(fake).answer(asked("secreto uno dos tres"), said));
        assertEquals(kind, failure.kind(), () -> fault + " " + failure.getMessage());
        assertFalse(String.valueOf(failure.getMessage()).contains("secreto"));
    }

    @Test
    void a_server_that_is_not_there_is_unreachable() throws Exception {
        ChatFake fake = fake(ChatScript.echo());
        Brain brain = brain(fake);
        fake.close();
        assertEquals(
                Kind.UNREACHABLE,
                assertThrows(SpeechException.class, () -> brain.answer(asked("a"), said)).kind());
    }

    @Test
    void an_interrupt_ends_it_at_once_and_at_the_server_too() throws Exception {
        ChatFake fake =
                fake(
                        ChatModel.instant(ChatScript.echo()).withPace(ChatPace.MODELLED),
                        OpenAiAccount.USUAL);
        Brain brain = brain(fake);
        var end = new AtomicReference<Throwable>();
        Thread thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        brain.answer(asked("word ".repeat(600)), said);
                                    } catch (Throwable e) {
                                        end.set(e);
                                    }
                                });
        Poll.until(SOON, said::begun, () -> "something is said");
        long began = System.nanoTime();
        thread.interrupt();
        assertTrue(thread.join(SOON));
        assertTrue(System.nanoTime() - began < 1_000_000_000L, "at once");
        assertInstanceOf(InterruptedException.class, end.get());
        Poll.until(SOON, () -> fake.journal().abandoned() == 1, () -> fake.journal().toString());
    }

    @Test
    void its_check_says_what_is_wrong() throws Exception {
        ChatFake fake = fake(ChatScript.echo());
        assertEquals(Finding.Kind.OK, brain(fake).check().getFirst().kind());
        String key = OpenAiAccount.USUAL.key().orElseThrow();
        assertEquals(
                "brains.openai.model", brain(fake, key, "another").check().getFirst().setting());
        assertEquals(
                "brains.openai.api-key",
                brain(fake, "wrong", "fake-mini").check().getFirst().setting());
    }

    @Test
    void a_server_without_keys_is_asked_without() throws Exception {
        ChatFake fake = fake(ChatModel.instant(ChatScript.echo()), OpenAiAccount.OWN_SERVER);
        brain(fake, "none", "fake-mini").answer(asked("hola"), said);
        assertEquals("hola", said.text.toString());
        assertFalse(fake.asked().getFirst().headers().containsKey("authorization"));
    }
}
