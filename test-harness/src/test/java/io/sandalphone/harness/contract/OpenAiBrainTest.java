package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;

import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainProvider;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.Finding;
import io.sandalphone.config.Section;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatFake;
import io.sandalphone.harness.fakes.chat.ChatModel;
import io.sandalphone.harness.fakes.chat.ChatRequest;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.fakes.chat.OpenAiAccount;
import io.sandalphone.providers.openai.OpenAiProvider;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The brain behind a server that speaks OpenAI's protocol.
class OpenAiBrainTest extends ModelBrainContract {
    private OpenAiAccount account = OpenAiAccount.USUAL;

    @Override
    ChatFake serve(Vertx vertx, ChatModel model) {
        return ChatFake.openAi(vertx, FakeOptions.PLAIN, model, account);
    }

    @Override
    BrainProvider provider() {
        return new OpenAiProvider();
    }

    @Override
    ObjectNode settings(ChatFake fake) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("base-url", fake.address() + "/v1")
                .put("api-key", account.key().orElse("none"))
                .put("model", "fake-mini")
                .put("max-tokens", 300)
                .put("reasoning-effort", "default");
    }

    @Override
    Map<Fault, Kind> kinds() {
        return Map.of(
                Fault.UNAUTHORIZED, Kind.CREDENTIALS,
                Fault.FORBIDDEN, Kind.CREDENTIALS,
                Fault.NOT_FOUND, Kind.REQUEST,
                Fault.RATE_LIMITED, Kind.OVERLOADED,
                Fault.QUOTA_SPENT, Kind.QUOTA,
                Fault.SERVER_ERROR, Kind.PROVIDER_FAULT,
                Fault.ERROR_WITHIN, Kind.PROVIDER_FAULT,
                Fault.CUT, Kind.UNREACHABLE,
                Fault.UNFINISHED, Kind.PROVIDER_FAULT);
    }

    @Override
    boolean mayUseNoTool(ChatRequest request) {
        return "none".equals(request.body().getString("tool_choice"));
    }

    @Test
    void its_check_says_what_is_wrong() throws Exception {
        ChatFake fake = fake(ChatScript.echo());
        assertEquals(Finding.Kind.OK, brain(fake).check().getFirst().kind());
        assertEquals("brains.openai.model", blamed(settings(fake).put("model", "another")));
        assertEquals("brains.openai.api-key", blamed(settings(fake).put("api-key", "wrong")));
        ObjectNode nobody = settings(fake);
        fake.close();
        assertEquals("brains.openai.base-url", blamed(nobody));
    }

    private String blamed(ObjectNode settings) throws Exception {
        return brain(settings).check().getFirst().setting();
    }

    @Test
    void the_key_is_the_one_in_the_environment_unless_settings_say_otherwise() throws Exception {
        ChatFake fake = fake(ChatScript.echo());
        ObjectNode settings =
                ConfigTree.merge(
                        (ObjectNode) ConfigTree.defaults().path("brains").path("openai"),
                        settings(fake).without(List.of("api-key")));
        Map<String, String> environment =
                Map.of("OPENAI_API_KEY", account.key().orElse("none of ours"));
        brain(Section.root(settings, environment)).answer(asked("hola"), said);
        assertEquals("hola", said.text());
        Brain without = brain(Section.root(settings.put("api-key", "none"), environment));
        var refused =
                assertThrows(SpeechException.class, () -> without.answer(asked("hola"), said));
        assertEquals(Kind.CREDENTIALS, refused.kind());
    }

    @Test
    void a_server_without_keys_is_asked_without() throws Exception {
        account = OpenAiAccount.OWN_SERVER;
        try {
            ChatFake fake = fake(ChatScript.echo());
            brain(fake).answer(asked("hola"), said);
            assertEquals("hola", said.text());
            assertFalse(fake.asked().getFirst().headers().containsKey("authorization"));
        } finally {
            account = OpenAiAccount.USUAL;
        }
    }

    @Test
    void an_answer_that_is_finished_is_over_where_the_server_does_not_say_so() throws Exception {
        var over = new CompletableFuture<Void>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Thread::startVirtualThread);
        server.createContext(
                "/",
                call -> {
                    call.sendResponseHeaders(200, 0);
                    call.getResponseBody()
                            .write(
                                    """
                                    data: {"choices": [{"delta": {"content": "hola"}, "finish_reason": "stop"}]}

                                    """
                                            .getBytes(StandardCharsets.UTF_8));
                    call.getResponseBody().flush();
                    over.join();
                    call.close();
                });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            long began = System.nanoTime();
            brain(settings(fake(ChatScript.echo())).put("base-url", address))
                    .answer(asked("hola"), said);
            assertEquals("hola", said.text());
            assertTrue(System.nanoTime() - began < 20_000_000_000L, "before it counts as silent");
        } finally {
            over.complete(null);
            server.stop(0);
        }
    }
}
