package io.sandalphone.harness.fakes.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;

class AssemblyAiFakeTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final String TELEPHONE = "encoding=pcm_mulaw&sample_rate=8000";
    private static final String MULTILINGUAL =
            TELEPHONE
                    + "&speech_model=universal-streaming-multilingual&language_detection=true"
                    + "&min_turn_silence=200";
    private static final String REVISING =
            TELEPHONE + "&speech_model=universal-3-5-pro&min_turn_silence=200";

    private AssemblyAiFake fake = start(AssemblyHabits.DOCUMENTED);

    private static AssemblyAiFake start(AssemblyHabits habits) {
        return AssemblyAiFake.start(
                VERTX.get(),
                FakeOptions.PLAIN,
                new ToneRecognizer(),
                AssemblyTimetable.INSTANT,
                habits);
    }

    private void startAnew(AssemblyHabits habits) {
        fake.close();
        fake = start(habits);
    }

    @AfterEach
    void closeFake() {
        fake.close();
    }

    /// Two words and the silence after which their turn ends: 960 ms, which may come at once.
    private static short[] twoWords(ToneWord first, ToneWord second) {
        return Arrays.copyOf(ToneSpeech.USUAL.render(first, second), 7680);
    }

    @Test
    void words_are_told_as_they_are_heard_and_never_taken_back_until_their_turn_ends()
            throws Exception {
        try (var client = PlainClient.connect(fake, MULTILINGUAL + "&format_turns=true")) {
            client.await("Begin");
            client.say(twoWords(ToneWord.V3, ToneWord.V5));

            JsonObject end = client.awaitEnd();

            assertEquals("Vcc vee.", end.getString("transcript"));
            assertEquals("es", end.getString("language_code"));
            assertTrue(end.getBoolean("turn_is_formatted"));
            assertEquals(
                    List.of("", "vcc", "vcc", "vcc vee", "Vcc vee."),
                    client.received("Turn").stream()
                            .map(turn -> turn.getString("transcript"))
                            .toList());
            JsonArray words = end.getJsonArray("words");
            assertEquals(0, words.getJsonObject(0).getInteger("start"), 40);
            assertEquals(320, words.getJsonObject(1).getInteger("start"), 40);
            assertEquals(560, words.getJsonObject(1).getInteger("end"), 60);
            assertEquals(
                    List.of(true, true),
                    words.stream()
                            .map(word -> ((JsonObject) word).getBoolean("word_is_final"))
                            .toList());
        }
    }

    @Test
    void a_model_that_revises_calls_no_word_final_before_the_end_of_the_turn() throws Exception {
        try (var client = PlainClient.connect(fake, REVISING)) {
            client.say(twoWords(ToneWord.W1, ToneWord.W2));

            JsonObject end = client.awaitEnd();

            JsonObject partial = client.received("Turn").getFirst();
            assertEquals("wa", partial.getString("transcript"));
            assertFalse(partial.getJsonArray("words").getJsonObject(0).getBoolean("word_is_final"));
            assertEquals("Waa wbb.", end.getString("transcript"));
            assertFalse(client.received("SpeechStarted").isEmpty());
        }
    }

    @Test
    void a_turn_may_come_formatted_in_a_second_message() throws Exception {
        startAnew(AssemblyHabits.OTHERWISE);
        try (var client = PlainClient.connect(fake, MULTILINGUAL + "&format_turns=true")) {
            client.say(twoWords(ToneWord.W1, ToneWord.W2));
            Poll.until(Duration.ofSeconds(10), () -> client.ends().size() == 2, "two ends");

            assertEquals("waa wbb", client.ends().get(0).getString("transcript"));
            assertEquals("Waa wbb.", client.ends().get(1).getString("transcript"));
            assertEquals(
                    client.ends().get(0).getInteger("turn_order"),
                    client.ends().get(1).getInteger("turn_order"));
        }
    }

    @Test
    void a_word_that_is_drawn_out_is_guessed_at_again() throws Exception {
        try (var client = PlainClient.connect(fake, TELEPHONE)) {
            client.say(ToneSpeech.USUAL.withWord(Duration.ofMillis(880)).render(ToneWord.W4));
            client.text("{\"type\":\"ForceEndpoint\"}");
            client.awaitEnd();

            List<Integer> ends =
                    client.received("Turn").stream()
                            .map(turn -> turn.getJsonArray("words").getJsonObject(0))
                            .filter(word -> !word.getBoolean("word_is_final"))
                            .map(word -> word.getInteger("end"))
                            .toList();
            assertEquals(2, ends.size());
            assertEquals(500, ends.getLast() - ends.getFirst());
        }
    }

    @Test
    void a_forced_endpoint_ends_the_turn_at_once() throws Exception {
        try (var client = PlainClient.connect(fake, TELEPHONE)) {
            client.say(ToneSpeech.USUAL.render(ToneWord.W4));
            client.text("{\"type\":\"ForceEndpoint\"}");

            assertEquals("wdd", client.awaitEnd().getString("transcript"));
        }
    }

    @Test
    void terminate_brings_what_was_said_last_and_a_proper_end() throws Exception {
        try (var client = PlainClient.connect(fake, TELEPHONE)) {
            client.say(ToneSpeech.USUAL.render(ToneWord.W4));
            client.text("{\"type\":\"Terminate\"}");

            client.await("Termination");
            assertEquals("wdd", client.awaitEnd().getString("transcript"));
            assertEquals(1000, client.awaitClose());
        }
        AssemblyJournal journal = fake.journal();
        assertEquals(1, journal.terminated());
        assertEquals(0, journal.open());
        assertEquals(320, journal.audioMillis());
    }

    @Test
    void a_client_that_goes_away_without_terminate_abandons_its_session() throws Exception {
        try (var client = PlainClient.connect(fake, TELEPHONE)) {
            client.await("Begin");
            assertEquals(1, fake.journal().open());
        }
        Poll.until(Duration.ofSeconds(10), () -> fake.journal().abandoned() == 1, "abandoned");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "encoding=pcm_mulaw",
                TELEPHONE + "&speech_model=universal",
                "sample_rate=8000&encoding=mulaw",
                TELEPHONE + "&format_turns=yes",
                TELEPHONE + "&end_of_turn_confidence_threshold=1.5",
                TELEPHONE + "&min_turn_silence=900&max_turn_silence=300",
                TELEPHONE + "&keyterms_prompt=Acme",
                TELEPHONE + "&inactivity_timeout=4"
            })
    void a_wrong_parameter_is_refused(String query) throws Exception {
        try (var client = PlainClient.connect(fake, query)) {
            assertEquals(3006, client.await("Error").getInteger("error_code"));
            assertEquals(3006, client.awaitClose());
        }
        assertEquals(1, fake.journal().refused(3006));
        assertEquals(0, fake.journal().opened());
    }

    @ParameterizedTest
    @CsvSource({"399, 1", "8008, 1", "8000, 9"})
    void audio_in_pieces_of_a_wrong_length_or_too_fast_is_refused(int bytes, int times)
            throws Exception {
        try (var client = PlainClient.connect(fake, TELEPHONE)) {
            client.await("Begin");
            for (int i = 0; i < times; i++) {
                client.binary(ByteBuffer.allocate(bytes));
            }
            assertEquals(3007, client.awaitClose());
        }
        assertEquals(1, fake.journal().refused(3007));
        assertEquals(1, fake.journal().dismissed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{\"type\":\"Stop\"}",
                "{\"type\":\"UpdateConfiguration\",\"speech_model\":\"u3-pro\"}"
            })
    void a_message_it_does_not_know_is_refused(String message) throws Exception {
        try (var client = PlainClient.connect(fake, TELEPHONE)) {
            client.text(message);
            assertEquals(3006, client.awaitClose());
        }
    }

    @Test
    void a_changed_configuration_holds_for_the_turn_that_is_going_on() throws Exception {
        try (var client = PlainClient.connect(fake, TELEPHONE)) {
            client.text(
                    "{\"type\":\"UpdateConfiguration\",\"min_turn_silence\":180,"
                            + "\"format_turns\":true}");
            client.say(twoWords(ToneWord.W1, ToneWord.W1));

            assertEquals("Waa waa.", client.awaitEnd().getString("transcript"));
        }
    }

    @Test
    void a_wrong_key_is_refused_before_or_after_the_handshake() throws Exception {
        var refused =
                assertThrows(
                        ExecutionException.class,
                        () -> PlainClient.connect(fake, TELEPHONE, "another key"));
        assertEquals(
                401,
                assertInstanceOf(WebSocketHandshakeException.class, refused.getCause())
                        .getResponse()
                        .statusCode());

        startAnew(AssemblyHabits.OTHERWISE);
        try (var client = PlainClient.connect(fake, TELEPHONE, "another key")) {
            assertEquals(1008, client.awaitClose());
        }
    }

    @Test
    void a_token_opens_one_session_and_no_second() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var response =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    fake.address()
                                                            + "/v3/token?expires_in_seconds=60"))
                                    .header("Authorization", AssemblyAiFake.KEY)
                                    .build(),
                            BodyHandlers.ofString());
            String token = new JsonObject(response.body()).getString("token");
            String query = TELEPHONE + "&token=" + token;

            try (var client = PlainClient.connect(fake, query, "no key")) {
                client.await("Begin");
            }
            assertThrows(
                    ExecutionException.class, () -> PlainClient.connect(fake, query, "no key"));
            assertEquals(1, fake.journal().tokens());
        }
    }

    @ParameterizedTest
    @CsvSource({"UNAUTHORIZED, 401", "FORBIDDEN, 403", "RATE_LIMITED, 429", "SERVER_ERROR, 503"})
    void a_handshake_meets_the_fault(Fault fault, int status) {
        fake.inject(fault);

        var refused =
                assertThrows(ExecutionException.class, () -> PlainClient.connect(fake, TELEPHONE));
        assertEquals(
                status,
                assertInstanceOf(WebSocketHandshakeException.class, refused.getCause())
                        .getResponse()
                        .statusCode());
        assertEquals(1, fake.journal().refused(status));
    }

    @Test
    void a_server_error_comes_in_the_middle_of_a_turn() throws Exception {
        try (var client = PlainClient.connect(fake, TELEPHONE)) {
            client.await("Begin");
            fake.inject(Fault.SERVER_ERROR);
            client.sayUntilClosed(twoWords(ToneWord.W1, ToneWord.W2));

            assertEquals(3005, client.awaitClose());
            assertEquals(3005, client.await("Error").getInteger("error_code"));
        }
        assertEquals(1, fake.journal().cut());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CUT", "HALF_CLOSE"})
    void a_broken_connection_has_no_close_frame(Fault fault) throws Exception {
        try (var client = PlainClient.connect(fake, TELEPHONE)) {
            client.await("Begin");
            fake.inject(fault);

            assertEquals(1006, client.awaitClose());
        }
        assertEquals(1, fake.journal().cut());
        assertEquals(0, fake.journal().abandoned());
    }

    @Test
    void a_stalled_session_says_nothing_more() throws Exception {
        try (var client = PlainClient.connect(fake, TELEPHONE)) {
            client.await("Begin");
            fake.inject(Fault.STALL);
            client.say(twoWords(ToneWord.W1, ToneWord.W2));
            client.text("{\"type\":\"Terminate\"}");
            Poll.until(Duration.ofSeconds(10), () -> fake.journal().terminated() == 1, "told");

            assertEquals(1, client.messages().size());
        }
    }

    @Test
    void garbage_is_neither_json_nor_text() throws Exception {
        try (var client = PlainClient.connect(fake, TELEPHONE)) {
            client.await("Begin");
            fake.inject(Fault.GARBAGE);
            client.say(twoWords(ToneWord.W1, ToneWord.W2));
            Poll.until(
                    Duration.ofSeconds(10), () -> client.messages().contains("binary"), "binary");

            assertTrue(client.messages().contains("{\"type\":\"Turn\",\"words\":[{]"));
        }
    }

    @Test
    void turns_may_come_twice_in_another_language_or_with_words_rewritten() throws Exception {
        try (var client = PlainClient.connect(fake, MULTILINGUAL)) {
            fake.inject(Fault.DUPLICATED_TURN);
            client.say(twoWords(ToneWord.W1, ToneWord.W2));
            Poll.until(Duration.ofSeconds(10), () -> client.ends().size() == 2, "two ends");
            assertEquals(client.ends().get(0), client.ends().get(1));
        }
        try (var client = PlainClient.connect(fake, MULTILINGUAL)) {
            fake.inject(Fault.WRONG_LANGUAGE);
            client.say(twoWords(ToneWord.W1, ToneWord.W2));
            assertEquals("vaa vbb", client.awaitEnd().getString("transcript"));
            assertEquals("es", client.awaitEnd().getString("language_code"));
        }
        try (var client = PlainClient.connect(fake, MULTILINGUAL)) {
            fake.inject(Fault.REWRITTEN_PARTIAL);
            client.say(twoWords(ToneWord.W1, ToneWord.W2));
            assertEquals("waa wbb", client.awaitEnd().getString("transcript"));
            assertEquals(
                    List.of("", "waa", "waa", "wa wbb", "waa wbb"),
                    client.received("Turn").stream()
                            .map(turn -> turn.getString("transcript"))
                            .toList());
        }
    }
}
