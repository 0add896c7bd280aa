package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainProvider;
import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;
import io.sandalphone.config.Finding;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatFake;
import io.sandalphone.harness.fakes.chat.ChatModel;
import io.sandalphone.harness.fakes.chat.ChatRequest;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.fakes.chat.OllamaHost;
import io.sandalphone.providers.ollama.OllamaProvider;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The brain behind an Ollama, by its own protocol.
class OllamaBrainTest extends ModelBrainContract {
    private static final OllamaHost HOST =
            new OllamaHost(
                    Map.of(
                            "fake:4b",
                            Set.of("completion", "tools"),
                            "fake-thinker:8b",
                            Set.of("completion", "tools", "thinking"),
                            "fake-plain:latest",
                            Set.of("completion")),
                    Duration.ZERO);

    @Override
    ChatFake serve(Vertx vertx, ChatModel model) {
        return ChatFake.ollama(vertx, FakeOptions.PLAIN, model, HOST);
    }

    @Override
    BrainProvider provider() {
        return new OllamaProvider();
    }

    @Override
    ObjectNode settings(ChatFake fake) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("base-url", fake.address().toString())
                .put("model", "fake:4b")
                .put("think", "false")
                .put("unload-after", "none")
                .put("max-tokens", 300)
                .put("context", "none");
    }

    /// It loads its model.
    @Override
    int loads() {
        return 1;
    }

    @Override
    Map<Fault, Kind> kinds() {
        return Map.of(
                Fault.NOT_FOUND, Kind.REQUEST,
                Fault.RATE_LIMITED, Kind.OVERLOADED,
                Fault.SERVER_ERROR, Kind.PROVIDER_FAULT,
                Fault.ERROR_WITHIN, Kind.PROVIDER_FAULT,
                Fault.CUT, Kind.UNREACHABLE,
                Fault.UNFINISHED, Kind.PROVIDER_FAULT);
    }

    @Override
    boolean mayUseNoTool(ChatRequest request) {
        return request.tools().isEmpty();
    }

    @Test
    void a_model_that_can_think_does_not_and_stays_in_memory() throws Exception {
        ChatFake fake = fake(ChatScript.echo());
        Brain brain = brain(settings(fake).put("model", "fake-thinker:8b").put("context", "4096"));
        brain.answer(asked("hola"), said);
        assertEquals("hola", said.text());
        JsonObject body = fake.asked().getFirst().body();
        assertEquals(false, body.getValue("think"));
        assertEquals(-1, body.getInteger("keep_alive"));
        assertEquals(
                new JsonObject().put("num_predict", 300).put("num_ctx", 4096),
                body.getJsonObject("options"));
    }

    @Test
    void what_a_model_thinks_is_not_said() throws Exception {
        ChatFake fake = fake(ChatScript.echo());
        brain(settings(fake).put("model", "fake-thinker:8b").put("think", "true"))
                .answer(asked("hola"), said);
        assertEquals("hola", said.text());
    }

    @Test
    void a_model_that_cannot_use_tools_is_asked_without_from_then_on() throws Exception {
        ChatFake fake = fake(ChatScript.echo());
        Brain brain = brain(settings(fake).put("model", "fake-plain:latest"));
        Set<Wish.Ability> all = Set.of(Wish.Ability.values());
        brain.answer(asked(all, Turn.caller("hola")), said);
        brain.answer(asked(all, Turn.caller(" adiós")), said);
        assertEquals("hola adiós", said.text());
        assertEquals(
                List.of(List.of(), List.of()),
                fake.asked().stream().map(ChatRequest::tools).toList());
        assertEquals(Map.of(400, 1), fake.journal().refused());
    }

    @Test
    void a_model_that_is_not_there_is_told_with_what_brings_it() {
        ChatFake fake = fake(ChatScript.echo());
        Brain brain = brain(settings(fake).put("model", "absent:1b"));
        SpeechException failure =
                assertThrows(SpeechException.class, () -> brain.answer(asked("a"), said));
        assertEquals(Kind.REQUEST, failure.kind());
        assertTrue(brain.unavailableReason().orElseThrow().contains("ollama pull absent:1b"));
    }

    @Test
    void its_check_says_what_is_wrong() throws Exception {
        ChatFake fake = fake(ChatScript.echo());
        assertEquals(Finding.Kind.OK, brain(fake).check().getFirst().kind());
        Finding absent = brain(settings(fake).put("model", "absent:1b")).check().getFirst();
        assertEquals("brains.ollama.model", absent.setting());
        assertTrue(absent.message().contains("ollama pull absent:1b"), absent::message);
        // "fake-plain" is the latest of that name.
        List<Finding> plain = brain(settings(fake).put("model", "fake-plain")).check();
        assertEquals(
                List.of(Finding.Kind.OK, Finding.Kind.WARNING),
                plain.stream().map(Finding::kind).toList());
        Brain nobody = brain(fake);
        fake.close();
        assertEquals("brains.ollama.base-url", nobody.check().getFirst().setting());
    }
}
