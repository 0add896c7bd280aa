package io.sandalphone.harness.fakes.chat;

import static io.sandalphone.harness.fakes.chat.ChatClient.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.FakeTls;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/// By TLS the client chooses HTTP/2, where an answer is a stream among others of one connection.
class SecuredChatTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final String CHAT = "/v1/chat/completions";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    @TempDir private static Path folder;
    private static FakeTls tls;

    private ChatFake fake;
    private ChatClient client;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = FakeTls.make(folder);
    }

    @BeforeEach
    void start() {
        fake =
                ChatFake.openAi(
                        VERTX.get(),
                        FakeOptions.secured(tls),
                        ChatModel.instant(ChatScript.echo()),
                        OpenAiAccount.OWN_SERVER);
        client =
                new ChatClient(
                        fake.address(),
                        "",
                        HttpClient.newBuilder().sslContext(tls.trustingContext()).build());
    }

    @AfterEach
    void close() {
        client.close();
        fake.close();
    }

    @Test
    void an_answer_is_the_same() throws Exception {
        var got = client.post(CHAT, streamed("¿Qué más?"));
        assertEquals(HttpClient.Version.HTTP_2, got.response().version());
        assertEquals("¿Qué más?", got.said());
    }

    @Test
    void a_client_that_leaves_one_answer_ends_it_and_nothing_else() throws Exception {
        fake.inject(Fault.FLOOD);
        client.abandon(CHAT, streamed("a"));
        Poll.until(PATIENCE, () -> fake.journal().abandoned() == 1, "the client's leaving");
        fake.recover();
        assertEquals("b", client.post(CHAT, streamed("b")).said());
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "HALF_CLOSE"})
    void a_broken_connection_ends_the_answer_in_the_middle(Fault fault) {
        fake.inject(fault);
        assertThrows(ExecutionException.class, () -> client.post(CHAT, streamed("a b c d")));
        Poll.until(PATIENCE, () -> fake.journal().spoilt() == 1, "a spoilt answer");
    }

    @ParameterizedTest
    @EnumSource(names = {"STALL", "STALL_WITHIN"})
    void a_stalled_answer_leaves_others_alone(Fault fault) throws Exception {
        fake.inject(fault);
        var stalled = client.begin(CHAT, streamed("a b c d"));
        Poll.until(PATIENCE, () -> fake.journal().underWay() == 1, "the request");
        fake.recover();
        assertEquals("b", client.post(CHAT, streamed("b")).said());
        stalled.cancel(true);
        Poll.until(PATIENCE, () -> fake.journal().spoilt() == 1, "its end");
    }
}
