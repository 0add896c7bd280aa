package io.sandalphone.harness.fakes.polly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.FakeTls;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.media.codec.G711;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class PollyFakeTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final SpeechGenerator HUM = SpeechGenerator.humming(Duration.ofMillis(60));
    private static final PollyTimetable ENDLESS = new PollyTimetable(Duration.ZERO, 777, 1, true);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private PollyFake fake =
            PollyFake.start(VERTX.get(), FakeOptions.PLAIN, PollyTimetable.INSTANT, HUM);

    @AfterEach
    void stop() {
        http.shutdownNow();
        fake.close();
    }

    private void startAnew(PollyTimetable timetable, SpeechGenerator mouth) {
        fake.close();
        fake = PollyFake.start(VERTX.get(), FakeOptions.PLAIN, timetable, mouth);
    }

    @Test
    void speech_is_as_long_as_its_text_and_says_what_it_costs() throws Exception {
        HttpResponse<byte[]> answer = speak(order());

        assertEquals(200, answer.statusCode());
        assertEquals(Optional.of("audio/mulaw"), answer.headers().firstValue("Content-Type"));
        assertEquals(Optional.of("10"), answer.headers().firstValue("x-amzn-RequestCharacters"));
        assertEquals(10 * 60 * 8, answer.body().length);
        assertEquals(
                20, speak(order().put("OutputFormat", "pcm")).body().length * 20 / (20 * 60 * 8));
        assertEquals(20, fake.journal().characters());
        assertEquals(2, fake.journal().completed());
    }

    @Test
    void tone_words_are_sung_in_the_format_asked_for() throws Exception {
        startAnew(PollyTimetable.INSTANT, SpeechGenerator.singing(ToneSpeech.USUAL));
        String text = "vaa vcc";
        short[] sung = ToneSpeech.USUAL.render(ToneWord.parse(text).orElseThrow());

        byte[] codes = speak(order().put("Text", text)).body();

        assertEquals(sung.length, codes.length);
        ByteBuffer expected = ByteBuffer.allocate(sung.length);
        G711.MU_LAW.encode(sung, expected, 0);
        assertEquals(expected, ByteBuffer.wrap(codes));
    }

    @Test
    void what_is_no_tone_word_is_said_in_silence() throws Exception {
        startAnew(PollyTimetable.INSTANT, SpeechGenerator.singing(ToneSpeech.USUAL));
        int sung = ToneSpeech.USUAL.render(ToneWord.V1).length;

        byte[] codes = speak(order().put("Text", "vaa vc vaa")).body();

        assertEquals(3 * sung, codes.length);
        byte silence = (byte) 0xff;
        assertTrue(IntStream.range(sung, 2 * sung).allMatch(at -> codes[at] == silence));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VoiceId      | Nobody             | ValidationException",
                "Engine       | quick              | ValidationException",
                "Engine       | long-form          | EngineNotSupportedException",
                "LanguageCode | fr-FR              | LanguageNotSupportedException",
                "OutputFormat | flac               | ValidationException",
                "SampleRate   | 16000              | InvalidSampleRateException",
                "Text         | ''                 | ValidationException",
                "Pitch        | high               | ValidationException",
            })
    void what_polly_refuses_is_refused_by_the_same_name(String field, String value, String type)
            throws Exception {
        refused(400, type, speak(order().put(field, value)));
        assertEquals(Map.of(type, 1), fake.journal().refused());
        assertEquals(0, fake.journal().characters());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<speak>tom & ann</speak>",
                "<speak>a < b</speak>",
                "no markup",
                "<p>no root</p>",
                "<speak><emphasis>x</emphasis></speak>",
                "<!DOCTYPE speak [<!ENTITY e 'x'>]><speak>&e;</speak>",
            })
    void wrong_markup_is_refused(String markup) throws Exception {
        refused(
                400,
                "InvalidSsmlException",
                speak(order().put("TextType", "ssml").put("Text", markup)));
    }

    @Test
    void tags_are_not_billed() throws Exception {
        var ssml =
                order().put("TextType", "ssml")
                        .put("Text", "<speak><prosody rate=\"110%\">a &amp; b</prosody></speak>");

        assertEquals(200, speak(ssml).statusCode());
        assertEquals(5, fake.journal().characters());
    }

    @Test
    void text_beyond_the_limit_is_refused() throws Exception {
        assertEquals(200, speak(order().put("Text", "x".repeat(3000))).statusCode());
        refused(400, "TextLengthExceededException", speak(order().put("Text", "x".repeat(3001))));
    }

    @Test
    void only_a_right_signature_is_believed() throws Exception {
        PollyAccount right = fake.account();
        var anotherKey = new PollyAccount("AKIDOTHER", right.secretAccessKey(), right.region());
        var anotherSecret = new PollyAccount(right.accessKeyId(), "guess", right.region());
        var anotherRegion =
                new PollyAccount(right.accessKeyId(), right.secretAccessKey(), "eu-west-2");

        assertEquals(200, speak(right, Instant.now(), order()).statusCode());
        refused(403, "UnrecognizedClientException", speak(anotherKey, Instant.now(), order()));
        refused(403, "InvalidSignatureException", speak(anotherSecret, Instant.now(), order()));
        refused(403, "InvalidSignatureException", speak(anotherRegion, Instant.now(), order()));
        refused(
                403,
                "InvalidSignatureException",
                speak(right, Instant.now().minus(Duration.ofMinutes(10)), order()));
        refused(
                403,
                "MissingAuthenticationTokenException",
                http.send(
                        HttpRequest.newBuilder(fake.address().resolve("/v1/voices")).build(),
                        BodyHandlers.ofByteArray()));
    }

    @Test
    void voices_are_listed_by_engine_and_language() throws Exception {
        JsonObject all = voices("IncludeAdditionalLanguageCodes=true");
        JsonObject lupe =
                all.getJsonArray("Voices").stream()
                        .map(JsonObject.class::cast)
                        .filter(voice -> voice.getString("Id").equals("Lupe"))
                        .findFirst()
                        .orElseThrow();

        assertEquals("es-US", lupe.getString("LanguageCode"));
        assertEquals(JsonArray.of("en-US"), lupe.getJsonArray("AdditionalLanguageCodes"));
        assertEquals(
                List.of("Mia", "Andres"),
                voices("Engine=neural&LanguageCode=es-MX").getJsonArray("Voices").stream()
                        .map(voice -> ((JsonObject) voice).getString("Id"))
                        .toList());
    }

    @Test
    void more_than_an_account_may_ask_is_throttled() throws Exception {
        startAnew(new PollyTimetable(Duration.ZERO, 997, 1000, true), HUM);
        var neural = order().put("Engine", "neural");
        var answers =
                IntStream.range(0, 25)
                        .mapToObj(_ -> http.sendAsync(request(neural), BodyHandlers.ofByteArray()))
                        .toList();
        for (var answer : answers) {
            answer.get(10, TimeUnit.SECONDS);
        }
        PollyJournal journal = fake.journal();

        // A burst of 10, and 8 more for each second that the 25 took to come.
        assertTrue(journal.completed() >= 10, journal::toString);
        assertTrue(journal.refused().containsKey("ThrottlingException"), journal::toString);
        assertEquals(
                25, journal.completed() + journal.refused().getOrDefault("ThrottlingException", 0));
        assertEquals(25, journal.requests());
        assertEquals(200, speak(order()).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, 403, UnrecognizedClientException",
        "FORBIDDEN, 403, AccessDeniedException",
        "THROTTLED, 400, ThrottlingException",
        "RATE_LIMITED, 429, TooManyRequestsException",
        "SERVER_ERROR, 500, ServiceFailureException",
    })
    void faults_are_told_as_polly_tells_them_until_it_recovers(Fault fault, int status, String type)
            throws Exception {
        fake.inject(fault);
        refused(status, type, speak(order()));

        fake.recover();
        assertEquals(200, speak(order()).statusCode());
    }

    @Test
    void garbage_is_no_audio() throws Exception {
        fake.inject(Fault.GARBAGE);

        assertEquals(
                Optional.of("application/json"),
                speak(order()).headers().firstValue("Content-Type"));
        assertEquals(1, speak(order().put("OutputFormat", "pcm")).body().length % 2);
    }

    @Test
    void a_cut_breaks_what_comes_and_what_is_under_way() throws Exception {
        startAnew(ENDLESS, HUM);
        try (InputStream audio = begin()) {
            assertEquals(100, audio.readNBytes(100).length);
            fake.inject(Fault.CUT);
            assertThrows(IOException.class, audio::readAllBytes);
        }
        assertThrows(IOException.class, () -> speak(order()));
        // The client may have repeated what was cut before an answer.
        assertTrue(fake.journal().cutByFault() >= 2, () -> fake.journal().toString());
        assertEquals(0, fake.journal().underWay());
    }

    @Test
    void a_half_close_ends_an_answer_in_its_middle() throws Exception {
        startAnew(ENDLESS, HUM);
        fake.inject(Fault.HALF_CLOSE);

        try (InputStream audio = begin()) {
            assertThrows(IOException.class, audio::readAllBytes);
        }
        Poll.until(
                PATIENCE, () -> fake.journal().cutByFault() == 1, () -> fake.journal().toString());
    }

    @Test
    void a_stall_holds_what_is_under_way() throws Exception {
        startAnew(ENDLESS.withSpeed(20), HUM);
        try (InputStream audio = begin()) {
            assertEquals(100, audio.readNBytes(100).length);
            fake.inject(Fault.STALL);
            Poll.until(PATIENCE, () -> drained(audio), "the last audio before the stall");
            assertEquals(1, fake.journal().underWay());
        }
        Poll.until(
                PATIENCE, () -> fake.journal().cutByFault() == 1, () -> fake.journal().toString());
    }

    private static boolean drained(InputStream audio) {
        try {
            int there = audio.available();
            return audio.readNBytes(there).length == 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void who_leaves_early_is_noticed() throws Exception {
        startAnew(ENDLESS, HUM);
        try (InputStream audio = begin()) {
            assertEquals(100, audio.readNBytes(100).length);
        }
        Poll.until(
                PATIENCE, () -> fake.journal().cutByClient() == 1, () -> fake.journal().toString());
        assertEquals(0, fake.journal().underWay());
    }

    @Test
    void it_speaks_by_tls_too(@TempDir Path folder) throws Exception {
        FakeTls tls = FakeTls.make(folder);
        fake.close();
        fake = PollyFake.start(VERTX.get(), FakeOptions.secured(tls), PollyTimetable.INSTANT, HUM);
        try (HttpClient trusting =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(tls.trustingContext())
                        .build()) {
            assertEquals(
                    200, trusting.send(request(order()), BodyHandlers.discarding()).statusCode());
        }
    }

    private static JsonObject order() {
        return new JsonObject()
                .put("Engine", "standard")
                .put("OutputFormat", "mulaw")
                .put("SampleRate", "8000")
                .put("Text", "ten in all")
                .put("TextType", "text")
                .put("VoiceId", "Lupe");
    }

    private InputStream begin() throws Exception {
        var order = order().put("Text", "x".repeat(3000));
        return http.send(request(order), BodyHandlers.ofInputStream()).body();
    }

    private HttpRequest request(JsonObject order) {
        return SignedRequest.speech(fake.address(), fake.account(), Instant.now(), order.encode());
    }

    private HttpResponse<byte[]> speak(JsonObject order) throws Exception {
        return http.send(request(order), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> speak(PollyAccount account, Instant now, JsonObject order)
            throws Exception {
        return http.send(
                SignedRequest.speech(fake.address(), account, now, order.encode()),
                BodyHandlers.ofByteArray());
    }

    private JsonObject voices(String query) throws Exception {
        return new JsonObject(
                http.send(
                                SignedRequest.voices(fake.address(), fake.account(), query),
                                BodyHandlers.ofString())
                        .body());
    }

    private static void refused(int status, String type, HttpResponse<byte[]> answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertEquals(status, answer.statusCode(), body);
        assertEquals(Optional.of(type), answer.headers().firstValue("x-amzn-ErrorType"), body);
        assertTrue(new JsonObject(body).containsKey("message"), body);
    }
}
