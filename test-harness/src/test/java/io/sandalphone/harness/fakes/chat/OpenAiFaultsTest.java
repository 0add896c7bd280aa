package io.sandalphone.harness.fakes.chat;

import static io.sandalphone.harness.fakes.chat.ChatClient.asked;
import static io.sandalphone.harness.fakes.chat.ChatClient.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatClient.Received;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.latency.Delay;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// What goes wrong at a server of chat completions, with a plain client.
class OpenAiFaultsTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final String CHAT = "/v1/chat/completions";
    private static final String KEY = OpenAiAccount.USUAL.key().orElseThrow();
    private static final String SAID = "one two three four five six";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ChatFake fake = started(ChatModel.instant(ChatScript.echo()));
    private ChatClient client = new ChatClient(fake.address(), KEY);

    private static ChatFake started(ChatModel model) {
        return ChatFake.openAi(VERTX.get(), FakeOptions.PLAIN, model, OpenAiAccount.USUAL);
    }

    private void restart(ChatModel model) {
        close();
        fake = started(model);
        client = new ChatClient(fake.address(), KEY);
    }

    @AfterEach
    void close() {
        client.close();
        fake.close();
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, 401, invalid_api_key,     ",
        "FORBIDDEN,    403, ,                    ",
        "NOT_FOUND,    404, model_not_found,     ",
        "RATE_LIMITED, 429, rate_limit_exceeded, 2",
        "QUOTA_SPENT,  429, insufficient_quota,  ",
        "SERVER_ERROR, 500, ,                    "
    })
    void a_refusal_says_what_openai_says(Fault fault, int status, String code, String retryAfter)
            throws Exception {
        fake.inject(fault);
        Received got = client.post(CHAT, streamed("a"));
        assertEquals(status, got.status());
        assertEquals(code, got.json().getJsonObject("error").getString("code"));
        assertEquals(retryAfter, got.response().headers().firstValue("Retry-After").orElse(null));
        fake.recover();
        assertEquals("a", client.post(CHAT, streamed("a")).said());
        assertEquals(Map.of(status, 1), fake.journal().refused());
    }

    @Test
    void a_server_that_fails_does_so_in_more_than_one_way() throws Exception {
        fake.inject(Fault.SERVER_ERROR);
        assertEquals(500, client.post(CHAT, asked("a")).status());
        assertEquals(503, client.post(CHAT, asked("a")).status());
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "HALF_CLOSE"})
    void a_broken_connection_ends_the_answer_in_the_middle(Fault fault) {
        fake.inject(fault);
        assertThrows(ExecutionException.class, () -> client.post(CHAT, streamed(SAID)));
        assertThrows(ExecutionException.class, () -> client.post(CHAT, asked(SAID)));
        Poll.until(PATIENCE, () -> fake.journal().spoilt() == 2, "two spoilt answers");
        assertEquals(3 + 6, fake.journal().tokens());
    }

    @ParameterizedTest
    @CsvSource({
        "STALL, false, 0",
        "STALL, true, 0",
        "STALL_WITHIN, true, 3",
        "STALL_WITHIN, false, 6"
    })
    void a_stalled_answer_never_ends(Fault fault, boolean streams, int tokens) throws Exception {
        fake.inject(fault);
        var stalled = client.begin(CHAT, streams ? streamed(SAID) : asked(SAID));
        Poll.until(PATIENCE, () -> fake.journal().underWay() == 1, "the request");
        Poll.until(PATIENCE, () -> fake.journal().tokens() == tokens, tokens + " tokens");
        fake.recover();
        assertEquals(SAID, client.post(CHAT, streamed(SAID)).said());
        assertFalse(stalled.isDone());
        client.close();
        Poll.until(PATIENCE, () -> fake.journal().spoilt() == 1, "a spoilt answer");
        assertEquals(0, fake.journal().underWay());
    }

    @Test
    void a_slow_answer_is_overtaken_by_those_that_come_later() throws Exception {
        fake.inject(Fault.SLOW);
        var slow = client.begin(CHAT, streamed(SAID));
        Poll.until(PATIENCE, () -> fake.journal().underWay() == 1, "the request");
        fake.recover();
        assertEquals(SAID, client.post(CHAT, streamed(SAID)).said());
        assertFalse(slow.isDone());
        assertEquals(6, fake.journal().tokens());
    }

    @Test
    void an_error_may_come_amid_an_answer() throws Exception {
        fake.inject(Fault.ERROR_WITHIN);
        Received got = client.post(CHAT, streamed(SAID));
        JsonObject last = got.events().getLast();
        assertEquals(200, got.status());
        assertEquals("server_error", last.getJsonObject("error").getString("type"));
        assertTrue(got.text().contains("three") && !got.text().contains("four"), got::text);
        assertEquals(500, client.post(CHAT, asked(SAID)).status());
    }

    @Test
    void garbled_json_may_come_amid_an_answer() throws Exception {
        fake.inject(Fault.GARBAGE);
        Received got = client.post(CHAT, streamed(SAID));
        assertEquals(1, got.data().stream().filter(data -> data.endsWith("content\":")).count());
        assertTrue(got.text().endsWith("data: [DONE]\n\n"));
        String half = client.post(CHAT, asked(SAID)).text();
        assertTrue(half.startsWith("{") && !half.endsWith("}"), half);
    }

    @Test
    void an_incomplete_answer_has_the_words_and_little_else() throws Exception {
        fake.inject(Fault.INCOMPLETE);
        Received got =
                client.post(
                        CHAT,
                        streamed(SAID)
                                .put(
                                        "stream_options",
                                        new JsonObject().put("include_usage", true)));
        assertEquals(7, got.events().getFirst().getInteger("choices"));
        assertTrue(got.events().stream().noneMatch(event -> event.containsKey("id")));
        assertFalse(got.text().contains("usage"));
        assertTrue(got.text().contains("\"content\":\" six\""));
        assertEquals(
                SAID,
                client.post(CHAT, asked(SAID))
                        .json()
                        .getJsonArray("choices")
                        .getJsonObject(0)
                        .getJsonObject("message")
                        .getString("content"));
    }

    @ParameterizedTest
    @CsvSource({"CUT_SHORT, length", "FILTERED, content_filter"})
    void an_answer_that_ends_early_says_why(Fault fault, String reason) throws Exception {
        fake.inject(fault);
        Received got = client.post(CHAT, streamed(SAID));
        assertEquals("one two three", got.said());
        assertEquals(
                reason,
                got.events()
                        .getLast()
                        .getJsonArray("choices")
                        .getJsonObject(0)
                        .getString("finish_reason"));
    }

    @Test
    void an_unfinished_answer_has_neither_reason_nor_mark() throws Exception {
        fake.inject(Fault.UNFINISHED);
        Received got = client.post(CHAT, streamed(SAID));
        assertEquals(SAID, got.said());
        assertFalse(got.text().contains("stop") || got.text().contains("DONE"), got::text);
        assertEquals(1, fake.journal().spoilt());
    }

    @Test
    void a_model_may_repeat_itself_or_talk_for_ten_minutes() throws Exception {
        fake.inject(Fault.REPEATED);
        assertEquals(" I agree.".repeat(200), client.post(CHAT, streamed("I agree.")).said());
        fake.inject(Fault.LONG_ANSWER);
        assertEquals(1500, Tokens.of(client.post(CHAT, streamed("I agree")).said()).size());
        assertEquals(
                10,
                Tokens.of(client.post(CHAT, streamed("a").put("max_tokens", 10)).said()).size());
    }

    @Test
    void a_flood_ends_when_the_client_leaves() throws Exception {
        fake.inject(Fault.FLOOD);
        client.abandon(CHAT, streamed("a").put("max_tokens", 10));
        Poll.until(PATIENCE, () -> fake.journal().abandoned() == 1, "the client's leaving");
        int sent = fake.journal().tokens();
        assertTrue(sent > 10, sent + " tokens");
        assertEquals(sent, fake.journal().tokens());
    }

    @Test
    void a_tool_is_called_that_nobody_offered() throws Exception {
        fake.inject(Fault.UNKNOWN_TOOL);
        assertTrue(client.post(CHAT, streamed("a")).text().contains("open_pod_bay_doors"));
    }

    @Test
    void a_fault_may_belong_to_one_answer() throws Exception {
        restart(
                ChatModel.instant(
                        ChatScript.inOrder(
                                ChatReply.says("a").struckBy(Fault.RATE_LIMITED),
                                ChatReply.says("b c d e").struckBy(Fault.CUT_SHORT),
                                ChatReply.says("f"))));
        assertEquals(429, client.post(CHAT, streamed("")).status());
        assertEquals("b c", client.post(CHAT, streamed("")).said());
        assertEquals("f", client.post(CHAT, streamed("")).said());
        assertEquals("f", client.post(CHAT, streamed("")).said());
    }

    /// Each second a token, so that nothing but the fault ends it.
    @ParameterizedTest
    @EnumSource(names = {"CUT", "HALF_CLOSE", "ERROR_WITHIN"})
    void what_is_under_way_is_struck_too(Fault fault) throws Exception {
        restart(ChatModel.instant(ChatScript.echo()).withPace(new ChatPace(new Delay(0, 0), 0.01)));
        var answer = client.begin(CHAT, streamed(SAID));
        Poll.until(PATIENCE, () -> fake.journal().tokens() == 1, "the first token");
        fake.inject(fault);
        if (fault == Fault.ERROR_WITHIN) {
            assertTrue(answer.get(10, TimeUnit.SECONDS).text().contains("server_error"));
        } else {
            assertThrows(ExecutionException.class, () -> answer.get(10, TimeUnit.SECONDS));
        }
        Poll.until(PATIENCE, () -> fake.journal().spoilt() == 1, "a spoilt answer");
    }

    @Test
    void each_fault_it_can_do_is_done_by_it() throws Exception {
        Set<Fault> harmless = EnumSet.noneOf(Fault.class);
        Set<Fault> possible = EnumSet.copyOf(fake.faults());
        possible.removeAll(
                EnumSet.of(
                        Fault.SLOW,
                        Fault.STALL,
                        Fault.STALL_WITHIN,
                        Fault.HALF_CLOSE,
                        Fault.CUT,
                        Fault.FLOOD));
        String well = client.post(CHAT, streamed(SAID)).said();
        Predicate<Received> like =
                got ->
                        got.status() == 200
                                && got.text().contains("\"stop\"")
                                && !got.text().contains("tomorrow")
                                && got.data().stream().noneMatch(data -> data.endsWith(":"))
                                && got.said().equals(well);
        for (Fault fault : possible) {
            fake.inject(fault);
            if (like.test(client.post(CHAT, streamed(SAID)))) {
                harmless.add(fault);
            }
        }
        assertEquals(Set.of(), harmless);
        assertThrows(IllegalArgumentException.class, () -> fake.inject(Fault.DUPLICATED_TURN));
        assertTrue(Arrays.asList(Fault.values()).containsAll(possible));
    }
}
