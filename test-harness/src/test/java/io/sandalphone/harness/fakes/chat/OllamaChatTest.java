package io.sandalphone.harness.fakes.chat;

import static io.sandalphone.harness.fakes.chat.ChatClient.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatClient.Received;
import io.sandalphone.harness.lab.Poll;
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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// What Ollama's protocol looks like on the wire and what goes wrong there, with a plain client.
class OllamaChatTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final String CHAT = "/api/chat";
    private static final String SAID = "uno dos tres cuatro cinco seis";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonObject WEATHER = new JsonObject().put("city", "Málaga");

    private ChatFake fake = started(ChatModel.instant(ChatScript.echo()), OllamaHost.USUAL);
    private ChatClient client = new ChatClient(fake.address(), "");

    private static ChatFake started(ChatModel model, OllamaHost host) {
        return ChatFake.ollama(VERTX.get(), FakeOptions.PLAIN, model, host);
    }

    private void restart(ChatModel model, OllamaHost host) {
        close();
        fake = started(model, host);
        client = new ChatClient(fake.address(), "");
    }

    @AfterEach
    void close() {
        client.close();
        fake.close();
    }

    private static JsonObject asked(String said) {
        return new JsonObject()
                .put("model", "fake:4b")
                .put("messages", new JsonArray().add(message("user", said)));
    }

    private static List<JsonObject> lines(Received got) {
        return got.text().lines().map(JsonObject::new).toList();
    }

    private static String said(Received got) {
        return String.join(
                "",
                lines(got).stream()
                        .map(line -> line.getJsonObject("message").getString("content"))
                        .toList());
    }

    @Test
    void who_does_not_say_otherwise_gets_a_line_for_each_token() throws Exception {
        Received got = client.post(CHAT, asked("Abrimos, sí"));
        String head = "{\"model\":\"fake:4b\",\"created_at\":\"2026-11-28T14:00:00.123456789Z\",";
        String line =
                head + "\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"done\":false}";
        List<String> lines = got.text().lines().toList();
        assertEquals(
                "application/x-ndjson",
                got.response().headers().firstValue("content-type").orElseThrow());
        assertEquals(
                List.of(line.formatted("Abrimos"), line.formatted(","), line.formatted(" sí")),
                lines.subList(0, 3));
        JsonObject last = lines(got).getLast();
        assertEquals(4, lines.size());
        assertTrue(last.getBoolean("done"));
        assertEquals("stop", last.getString("done_reason"));
        assertEquals(3, last.getInteger("eval_count"));
        assertEquals(3, last.getInteger("prompt_eval_count"));
    }

    @Test
    void an_answer_may_come_whole_and_ends_where_it_becomes_too_long() throws Exception {
        JsonObject got =
                client.post(
                                CHAT,
                                asked(SAID)
                                        .put("stream", false)
                                        .put("options", new JsonObject().put("num_predict", 2)))
                        .json();
        assertEquals("uno dos", got.getJsonObject("message").getString("content"));
        assertEquals("length", got.getString("done_reason"));
    }

    @Test
    void tools_are_called_whole_and_their_arguments_are_no_text() throws Exception {
        restart(
                ChatModel.instant(
                        ChatScript.otherwise(ChatReply.calls("weather", WEATHER))
                                .whenResultOf("weather", ChatReply.says("Llueve."))),
                OllamaHost.USUAL);
        JsonObject call =
                lines(client.post(CHAT, asked("?")))
                        .getFirst()
                        .getJsonObject("message")
                        .getJsonArray("tool_calls")
                        .getJsonObject(0);
        assertEquals(
                "{\"index\":0,\"name\":\"weather\",\"arguments\":{\"city\":\"Málaga\"}}",
                call.getJsonObject("function").encode());

        JsonObject next = asked("?");
        next.getJsonArray("messages")
                .add(message("assistant", "").put("tool_calls", new JsonArray().add(call)))
                .add(message("tool", "rain").put("tool_name", "weather"));
        assertEquals("Llueve.", said(client.post(CHAT, next)));
        assertEquals(
                List.of(new ToolCall("weather", WEATHER)),
                fake.asked().getLast().messages().get(1).calls());
    }

    @Test
    void a_model_that_can_think_does_unless_it_is_told_not_to() throws Exception {
        JsonObject asked = asked("a").put("model", "fake-thinker:8b");
        Received got = client.post(CHAT, asked);
        assertTrue(lines(got).getFirst().getJsonObject("message").containsKey("thinking"));
        assertEquals("a", said(got));
        assertFalse(client.post(CHAT, asked.put("think", false)).text().contains("thinking"));
        assertEquals(400, client.post(CHAT, asked("a").put("think", true)).status());
    }

    @Test
    void a_model_is_loaded_by_the_first_request_or_beforehand() throws Exception {
        restart(
                ChatModel.instant(ChatScript.echo()),
                OllamaHost.USUAL.loadingFor(Duration.ofHours(1)));
        var first = client.begin(CHAT, asked("a"));
        Poll.until(PATIENCE, () -> fake.journal().underWay() == 1, "the first request");
        assertEquals("b", said(client.post(CHAT, asked("b"))));
        assertFalse(first.isDone());
        JsonObject load = new JsonObject().put("model", "fake-thinker:8b");
        assertEquals("load", client.post(CHAT, load).json().getString("done_reason"));
        assertEquals("c", said(client.post(CHAT, asked("c").put("model", "fake-thinker:8b"))));
        assertEquals(2, client.get("/api/ps").json().getJsonArray("models").size());
        assertEquals(
                "unload",
                client.post(CHAT, load.put("keep_alive", 0)).json().getString("done_reason"));
        assertEquals(1, client.get("/api/ps").json().getJsonArray("models").size());
    }

    @Test
    void it_tells_which_models_there_are_and_what_they_can_do() throws Exception {
        assertEquals("Ollama is running", client.get("/").text());
        assertEquals(
                "fake:4b",
                client.get("/api/tags")
                        .json()
                        .getJsonArray("models")
                        .getJsonObject(1)
                        .getString("name"));
        assertEquals(
                "{\"capabilities\":[\"completion\",\"tools\"]}",
                client.post("/api/show", new JsonObject().put("model", "fake:4b")).text());
        assertTrue(client.get("/api/version").json().containsKey("version"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                            | 400",
                "{'model': 'other', 'messages': []}                            | 404",
                "{'model': 'fake:4b', 'messages': [{'role': 'me'}]}            | 400",
                "{'model': 'fake:4b', 'messages': 7}                           | 400"
            })
    void what_is_wrong_is_refused(String body, int status) throws Exception {
        Received got = client.post(CHAT, new JsonObject(body.replace('\'', '"')));
        assertEquals(status, got.status(), got::text);
        assertFalse(got.json().getString("error").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"NOT_FOUND, 404", "RATE_LIMITED, 503", "SERVER_ERROR, 500"})
    void a_refusal_says_what_ollama_says(Fault fault, int status) throws Exception {
        fake.inject(fault);
        Received got = client.post(CHAT, asked("a"));
        assertEquals(status, got.status());
        assertEquals(fault == Fault.RATE_LIMITED, got.json().getString("error").contains("busy"));
    }

    @Test
    void an_error_amid_an_answer_is_a_line_with_a_status_of_success() throws Exception {
        fake.inject(Fault.ERROR_WITHIN);
        Received got = client.post(CHAT, asked(SAID));
        assertEquals(200, got.status());
        assertEquals(4, lines(got).size());
        assertTrue(lines(got).getLast().getString("error").contains("error"));
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "HALF_CLOSE"})
    void a_broken_connection_ends_the_answer_in_the_middle(Fault fault) {
        fake.inject(fault);
        assertThrows(ExecutionException.class, () -> client.post(CHAT, asked(SAID)));
        Poll.until(PATIENCE, () -> fake.journal().spoilt() == 1, "a spoilt answer");
    }

    @Test
    void garbage_incomplete_unfinished_and_strange_answers_are_what_they_are_called()
            throws Exception {
        fake.inject(Fault.GARBAGE);
        assertEquals(
                1,
                client.post(CHAT, asked(SAID)).text().lines().filter(l -> l.endsWith(":")).count());
        fake.inject(Fault.INCOMPLETE);
        JsonObject odd = lines(client.post(CHAT, asked(SAID))).getFirst();
        assertNull(odd.getValue("message"));
        assertEquals("no", odd.getValue("done"));
        fake.inject(Fault.UNFINISHED);
        Received unfinished = client.post(CHAT, asked(SAID));
        assertEquals(SAID, said(unfinished));
        assertFalse(lines(unfinished).getLast().getBoolean("done"));
        fake.inject(Fault.UNKNOWN_TOOL);
        assertTrue(client.post(CHAT, asked(SAID)).text().contains("open_pod_bay_doors"));
    }

    @Test
    void the_end_of_a_client_ends_its_answer() throws Exception {
        fake.inject(Fault.FLOOD);
        client.abandon(CHAT, asked("a"));
        Poll.until(PATIENCE, () -> fake.journal().abandoned() == 1, "the client's leaving");
    }

    @ParameterizedTest
    @EnumSource
    void however_it_is_written_the_words_are_the_same(WireHabits.Split split) throws Exception {
        String words = "¿Qué más? Mañana: ñandú 😀, y nada más.";
        restart(
                ChatModel.instant(ChatScript.echo()).withHabits(WireHabits.ODD.split(split)),
                OllamaHost.USUAL);
        assertEquals(words, said(client.post(CHAT, asked(words))));
    }
}
