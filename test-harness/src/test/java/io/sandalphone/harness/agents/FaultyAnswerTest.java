package io.sandalphone.harness.agents;

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
import io.sandalphone.config.Section;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatFake;
import io.sandalphone.harness.fakes.chat.ChatModel;
import io.sandalphone.harness.fakes.chat.ChatReply;
import io.sandalphone.harness.fakes.chat.OpenAiAccount;
import io.sandalphone.harness.fakes.chat.Tokens;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.providers.openai.OpenAiProvider;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Usage;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// What befalls a model in virtual time is what the gateway's client makes of the same fault of the real stand-in.
@Timeout(120)
class FaultyAnswerTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MUCH = 3000;
    private static final ChatReply REPLY =
            ChatReply.says("We are open from Monday to Friday, from nine to half past five.");

    /// All of the stand-in; of another class too.
    static Set<Fault> faults() {
        Vertx vertx = Vertx.vertx();
        try (ChatFake fake = fake(vertx)) {
            return fake.faults();
        } finally {
            vertx.close().await();
        }
    }

    private static ChatFake fake(Vertx vertx) {
        return ChatFake.openAi(
                vertx, FakeOptions.PLAIN, ChatModel.instant(_ -> REPLY), OpenAiAccount.OWN_SERVER);
    }

    private static Brain client(ChatFake fake) {
        ObjectNode own =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("base-url", fake.address() + "/v1")
                        .put("api-key", "none")
                        .put("model", "fake-mini")
                        .put("max-tokens", 100_000)
                        .put("reasoning-effort", "default");
        return new OpenAiProvider().read(Section.root(own)).get().make(new SimpleMeterRegistry());
    }

    /// What a client was told, up to much.
    private static final class Said implements BrainReply {
        private final StringBuilder text = new StringBuilder();

        @Override
        public synchronized void text(String piece) {
            text.append(piece);
            if (text.length() > MUCH) {
                Thread.currentThread().interrupt();
            }
        }

        synchronized String text() {
            return text.toString();
        }

        @Override
        public void wish(Wish wish) {
            throw new AssertionError("nothing was offered");
        }
    }

    /// How it ended: the kind of its failure, `done`, `interrupted`.
    private static String answer(Brain client, Said said) {
        try {
            client.answer(
                    new BrainRequest(
                            new CallFacts("c1", "", "", Map.of()),
                            new Language("en"),
                            "",
                            Optional.empty(),
                            List.of(Turn.caller("What time do you open?")),
                            Set.of(),
                            Usage.UNMETERED),
                    said);
            return "done";
        } catch (SpeechException e) {
            return e.kind().name();
        } catch (InterruptedException e) {
            return "interrupted";
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void the_client_makes_the_same_of_it(Fault fault) throws Exception {
        var expected = new FaultyAnswer(REPLY, fault);
        boolean amid = expected.amid() != FaultyAnswer.Amid.NOTHING;
        String text = text(expected, amid);
        boolean hangs = expected.isMute() || expected.amid() == FaultyAnswer.Amid.SILENCE;
        try (ChatFake fake = fake(VERTX.get());
                Brain client = client(fake)) {
            fake.inject(fault);
            var said = new Said();
            var ended = new CompletableFuture<String>();
            Thread asking = Thread.ofVirtual().start(() -> ended.complete(answer(client, said)));
            if (hangs) {
                Poll.until(
                        SOON,
                        () -> fake.journal().underWay() == 1 && said.text().equals(text),
                        () -> "the answer stops: " + said.text());
                assertTrue(!ended.isDone(), "it waits for more");
                asking.interrupt();
                assertEquals("interrupted", ended.get());
                return;
            }
            assertEquals(end(expected), ended.get());
            assertEquals(
                    text, said.text().substring(0, Math.min(said.text().length(), text.length())));
            assertTrue(said.text().length() >= text.length(), said::text);
        }
    }

    private static String text(FaultyAnswer answer, boolean amid) {
        if (answer.isMute() || answer.refused().isPresent()) {
            return "";
        }
        var text = new StringBuilder();
        Iterator<String> tokens =
                amid
                        ? Tokens.of(REPLY.text()).subList(0, answer.middle()).iterator()
                        : answer.tokens();
        while (tokens.hasNext() && text.length() <= MUCH) {
            text.append(tokens.next());
        }
        return text.toString();
    }

    private static String end(FaultyAnswer answer) {
        if (answer.refused().isPresent()) {
            return answer.refused().get().kind().name();
        }
        return switch (answer.amid()) {
            case FAILURE -> "PROVIDER_FAULT";
            case BREAK -> "UNREACHABLE";
            case SILENCE -> throw new IllegalArgumentException();
            case NOTHING ->
                    answer.breaksOffAtItsEnd()
                            ? "PROVIDER_FAULT"
                            : text(answer, false).length() > MUCH ? "interrupted" : "done";
        };
    }
}
