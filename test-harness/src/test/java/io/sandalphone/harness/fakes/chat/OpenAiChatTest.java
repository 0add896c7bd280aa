package io.sandalphone.harness.fakes.chat;

import static io.sandalphone.harness.fakes.chat.ChatClient.asked;
import static io.sandalphone.harness.fakes.chat.ChatClient.message;
import static io.sandalphone.harness.fakes.chat.ChatClient.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Trace;
import io.sandalphone.harness.fakes.chat.ChatClient.Received;
import io.sandalphone.harness.lab.SharedByClass;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What OpenAI's chat completions look like on the wire, with a plain client.
class OpenAiChatTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final String CHAT = "/v1/chat/completions";
    private static final String KEY = OpenAiAccount.USUAL.key().orElseThrow();
    private static final JsonObject WEATHER = new JsonObject().put("city", "Málaga").put("days", 3);

    private ChatFake fake = started(ChatModel.instant(ChatScript.echo()));
    private ChatClient client = new ChatClient(fake.address(), KEY);

    private static ChatFake started(ChatModel model) {
        return ChatFake.openAi(VERTX.get(), FakeOptions.PLAIN, model, OpenAiAccount.USUAL);
    }

    private void restart(ChatModel model, OpenAiAccount account) {
        close();
        fake = ChatFake.openAi(VERTX.get(), FakeOptions.PLAIN, model, account);
        client = new ChatClient(fake.address(), account.key().orElse(""));
    }

    private void restart(ChatModel model) {
        restart(model, OpenAiAccount.USUAL);
    }

    @AfterEach
    void close() {
        client.close();
        fake.close();
    }

    @Test
    void a_streamed_answer_is_role_words_reason_usage_and_the_mark_of_its_end() throws Exception {
        var options = new JsonObject().put("include_usage", true).put("include_obfuscation", false);
        Received got = client.post(CHAT, streamed("Abrimos, sí.").put("stream_options", options));

        assertEquals(
                "text/event-stream",
                got.response().headers().firstValue("content-type").orElseThrow());
        String chunk =
                """
                {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1795000000,\
                "model":"fake-mini","service_tier":"default","system_fingerprint":"fp_fake","choices":\
                """;
        String choice = chunk + "[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}],\"usage\":null}";
        assertEquals(
                List.of(
                        choice.formatted("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
                        choice.formatted("{\"content\":\"Abrimos\"}", "null"),
                        choice.formatted("{\"content\":\",\"}", "null"),
                        choice.formatted("{\"content\":\" sí\"}", "null"),
                        choice.formatted("{\"content\":\".\"}", "null"),
                        choice.formatted("{}", "\"stop\""),
                        chunk
                                + """
                                [],"usage":{"prompt_tokens":4,"completion_tokens":4,"total_tokens":8}}\
                                """,
                        "[DONE]"),
                got.data());
    }

    @Test
    void usage_and_obfuscation_are_as_asked_for() throws Exception {
        Received got = client.post(CHAT, streamed("yes"));
        assertEquals("xY", got.events().getFirst().getString("obfuscation"));
        assertTrue(got.events().stream().noneMatch(event -> event.containsKey("usage")));
    }

    @Test
    void an_answer_that_is_not_streamed_comes_whole() throws Exception {
        JsonObject got = client.post(CHAT, asked("We open at nine.")).json();
        assertEquals(
                """
                {"index":0,"message":{"role":"assistant","content":"We open at nine."},"finish_reason":"stop"}\
                """,
                got.getJsonArray("choices").getJsonObject(0).encode());
        assertEquals(10, got.getJsonObject("usage").getInteger("total_tokens"));
    }

    @Test
    void tools_are_called_in_pieces_of_which_only_the_first_bears_id_and_name() throws Exception {
        restart(
                ChatModel.instant(
                        ChatScript.inOrder(
                                ChatReply.says("One moment.")
                                        .andCalls("weather", WEATHER)
                                        .andCalls("hang_up", new JsonObject()))));
        Received got = client.post(CHAT, streamed("weather?"));
        var ids = new StringBuilder();
        var arguments = new StringBuilder();
        for (JsonObject delta : got.deltas()) {
            JsonObject call =
                    delta.getJsonArray("tool_calls", new JsonArray(List.of(new JsonObject())))
                            .getJsonObject(0);
            JsonObject function = call.getJsonObject("function", new JsonObject());
            if (call.containsKey("id")) {
                ids.append(call.getInteger("index"))
                        .append(call.getString("id"))
                        .append(function.getString("name"))
                        .append(' ');
            }
            arguments.append(function.getString("arguments", ""));
        }
        assertEquals("One moment.", got.said());
        assertEquals("0call_1_0weather 1call_1_1hang_up ", ids.toString());
        assertEquals(WEATHER.encode() + "{}", arguments.toString());
        assertEquals(
                "tool_calls",
                got.events()
                        .getLast()
                        .getJsonArray("choices")
                        .getJsonObject(0)
                        .getString("finish_reason"));
    }

    @Test
    void tools_in_an_answer_that_comes_whole_stand_beside_no_words() throws Exception {
        restart(ChatModel.instant(ChatScript.inOrder(ChatReply.calls("weather", WEATHER))));
        JsonObject choice =
                client.post(CHAT, asked("?")).json().getJsonArray("choices").getJsonObject(0);
        JsonObject message = choice.getJsonObject("message");
        assertEquals("tool_calls", choice.getString("finish_reason"));
        assertTrue(message.containsKey("content"));
        assertNull(message.getString("content"));
        assertEquals(
                WEATHER.encode(),
                message.getJsonArray("tool_calls")
                        .getJsonObject(0)
                        .getJsonObject("function")
                        .getString("arguments"));
    }

    @Test
    void the_script_learns_whose_result_came() throws Exception {
        restart(
                ChatModel.instant(
                        ChatScript.otherwise(ChatReply.says("what?"))
                                .whenResultOf("weather", ChatReply.says("Rain."))));
        assertEquals("Rain.", client.post(CHAT, withResult("c1")).said());
        ChatRequest asked = fake.asked().getFirst();
        assertEquals("weather", asked.last().tool());
        assertEquals(List.of(new ToolCall("weather", WEATHER)), asked.messages().get(1).calls());
        assertEquals("rainy?", asked.said());
    }

    private static JsonObject withResult(String id) {
        var call =
                new JsonObject()
                        .put("id", "c1")
                        .put("type", "function")
                        .put(
                                "function",
                                new JsonObject()
                                        .put("name", "weather")
                                        .put("arguments", WEATHER.encode()));
        var messages =
                new JsonArray()
                        .add(message("user", "rainy?"))
                        .add(
                                new JsonObject()
                                        .put("role", "assistant")
                                        .putNull("content")
                                        .put("tool_calls", new JsonArray().add(call)))
                        .add(message("tool", "rain").put("tool_call_id", id));
        return streamed("").put("messages", messages);
    }

    @Test
    void a_result_that_nobody_asked_for_is_refused_and_so_is_a_call_without_one() throws Exception {
        assertEquals(400, client.post(CHAT, withResult("c2")).status());
        JsonObject unanswered = withResult("c1");
        unanswered.getJsonArray("messages").remove(2);
        assertEquals(400, client.post(CHAT, unanswered).status());
        unanswered.getJsonArray("messages").add(message("user", "well?"));
        assertEquals(400, client.post(CHAT, unanswered).status());
        assertEquals(Map.of(400, 3), fake.journal().refused());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'messages': [{'role': 'user', 'content': 'a'}]}                        | 400",
                "{'model': 'fake-mini'}                                                  | 400",
                "{'model': 'fake-mini', 'messages': 'a'}                                 | 400",
                "{'model': 'fake-mini', 'messages': [{'role': 'me', 'content': 'a'}]}    | 400",
                "{'model': 'fake-mini', 'messages': [{'role': 'user'}]}                  | 400",
                "{'model': 'other', 'messages': [{'role': 'user', 'content': 'a'}]}      | 404",
                "{'model': 'fake-mini', 'messages': [{'role': 'user', 'content': 'a'}],"
                        + " 'stream_options': {}}                                        | 400",
                "{'model': 'fake-mini', 'messages': [{'role': 'user', 'content': 'a'}],"
                        + " 'tools': [{'type': 'function', 'function': {'name': 'a b'}}]} | 400"
            })
    void what_is_wrong_is_refused(String body, int status) throws Exception {
        Received got = client.post(CHAT, new JsonObject(body.replace('\'', '"')));
        assertEquals(status, got.status(), got::text);
        JsonObject error = got.json().getJsonObject("error");
        assertEquals("invalid_request_error", error.getString("type"));
        assertEquals(status == 404 ? "model_not_found" : null, error.getString("code"));
    }

    @Test
    void a_model_that_thinks_wants_the_newer_parameters() throws Exception {
        restart(
                ChatModel.instant(ChatScript.echo()),
                new OpenAiAccount(Optional.empty(), Set.of("fake-mini"), true));
        assertEquals(400, client.post(CHAT, asked("a").put("max_tokens", 5)).status());
        assertEquals(400, client.post(CHAT, asked("a").put("temperature", 0)).status());
        assertEquals(200, client.post(CHAT, asked("a").put("max_completion_tokens", 5)).status());
    }

    @Test
    void an_answer_ends_where_it_becomes_too_long() throws Exception {
        Received got =
                client.post(CHAT, streamed("one two three four").put("max_completion_tokens", 2));
        assertEquals("one two", got.said());
        assertEquals(
                "length",
                got.events()
                        .getLast()
                        .getJsonArray("choices")
                        .getJsonObject(0)
                        .getString("finish_reason"));
    }

    @Test
    void strangers_are_refused_and_a_server_without_a_key_lets_everybody_in() throws Exception {
        try (var stranger = new ChatClient(fake.address(), "sk-other")) {
            Received got = stranger.post(CHAT, asked("a"));
            assertEquals(401, got.status());
            assertEquals("invalid_api_key", got.json().getJsonObject("error").getString("code"));
        }
        assertEquals(404, client.get("/v1/other").status());
        restart(ChatModel.instant(ChatScript.echo()), OpenAiAccount.OWN_SERVER);
        assertEquals(200, client.post(CHAT, asked("a")).status());
        assertEquals(
                "fake-mini",
                client.get("/v1/models")
                        .json()
                        .getJsonArray("data")
                        .getJsonObject(0)
                        .getString("id"));
    }

    @ParameterizedTest
    @EnumSource
    void however_it_is_written_the_words_are_the_same(WireHabits.Split split) throws Exception {
        String said = "¿Qué más? Mañana: ñandú 😀, y nada más.";
        restart(ChatModel.instant(ChatScript.echo()).withHabits(WireHabits.ODD.split(split)));
        Received got = client.post(CHAT, streamed(said));
        assertEquals(said, got.said());
        assertTrue(got.text().contains(": keep-alive\r\n\r\n"));
        assertTrue(got.text().contains("data: {\r\ndata:   \"id\""));
        assertEquals("[DONE]", got.data().getLast());
        restart(ChatModel.instant(ChatScript.echo()).withHabits(WireHabits.USUAL.split(split)));
        assertEquals(said, client.post(CHAT, streamed(said)).said());
    }

    @Test
    void writes_end_where_the_habits_say() throws Exception {
        String said = "ñññññññ ".repeat(60).strip();
        assertEquals(62 + 1, chunks(WireHabits.Split.EVENTS, said).size());
        assertEquals(63 / 3, chunks(WireHabits.Split.SEVERAL, said).size());
        List<byte[]> scattered = chunks(WireHabits.Split.SCATTERED, said);
        assertTrue(
                scattered.stream().anyMatch(chunk -> (chunk[0] & 0xC0) == 0x80),
                "a chunk that begins within a character");
    }

    /// The chunks of HTTP as they stand on the wire.
    private List<byte[]> chunks(WireHabits.Split split, String said) throws Exception {
        restart(ChatModel.instant(ChatScript.echo()).withHabits(WireHabits.USUAL.split(split)));
        return RawChunks.of(fake.address(), CHAT, KEY, streamed(said).encode());
    }

    @Test
    void when_each_token_left_is_noted_for_those_who_measure() throws Exception {
        var trace = Trace.keeping();
        try (var traced =
                        ChatFake.openAi(
                                VERTX.get(),
                                FakeOptions.PLAIN.traced(trace),
                                ChatModel.instant(ChatScript.echo()),
                                OpenAiAccount.OWN_SERVER);
                var asking = new ChatClient(traced.address(), "")) {
            asking.post(CHAT, streamed("one two"));
            assertEquals(
                    List.of("asked 0", "token 1", "token 2", "answer 0"),
                    trace.take().stream()
                            .map(event -> event.what() + " " + event.count())
                            .toList());
        }
    }

    @Test
    void some_servers_never_say_done() throws Exception {
        restart(
                ChatModel.instant(ChatScript.echo())
                        .withHabits(WireHabits.USUAL.withoutDoneMark()));
        Received got = client.post(CHAT, streamed("yes"));
        assertFalse(got.data().contains("[DONE]"));
        assertEquals(1, fake.journal().answered());
    }
}
