package io.sandalphone.harness.fakes.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.audio.AudioClient.Got;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// With a plain client.
class OpenAiAudioTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final String HEAR = "/v1/audio/transcriptions";
    private static final String SAY = "/v1/audio/speech";
    private static final short[] SOUND =
            ToneSpeech.USUAL.render(ToneWord.V1, ToneWord.V3, ToneWord.V5);
    private static final byte[] FILE = new Wav(Sound.at(16_000, SOUND, 8000), 16_000).bytes();

    private OpenAiAudio service = service(AudioServer.OPENAI);
    private HttpFake fake = started();
    private AudioClient client = new AudioClient(fake.address(), "sk-fake-key-of-the-lab");

    private static OpenAiAudio service(AudioServer server) {
        return new OpenAiAudio(
                server, Ear.tones(), SpeechGenerator.singing(ToneSpeech.USUAL), false);
    }

    private HttpFake started() {
        return HttpFake.start(VERTX.get(), FakeOptions.PLAIN, HttpFake.INSTANT, service);
    }

    private void restart(AudioServer server) {
        close();
        service = service(server);
        fake = started();
        client = new AudioClient(fake.address(), "");
    }

    @AfterEach
    void close() {
        client.close();
        fake.close();
    }

    private static Map<String, String> fields(String... more) {
        Map<String, String> fields = new HashMap<>(Map.of("model", "whisper-1"));
        for (int at = 0; at < more.length; at += 2) {
            fields.put(more[at], more[at + 1]);
        }
        return fields;
    }

    private Got hear(String... more) throws Exception {
        return client.upload(HEAR, "a.wav", FILE, fields(more));
    }

    private static JsonObject asked() {
        return new JsonObject()
                .put("model", "gpt-4o-mini-tts")
                .put("input", "wbb wdd")
                .put("voice", "coral")
                .put("response_format", "pcm");
    }

    @Test
    void a_file_comes_back_as_its_words() throws Exception {
        assertEquals("{\"text\":\"vaa vcc vee\"}", hear("language", "es").text());
        assertEquals("vaa vcc vee", hear("response_format", "text").text());
        HeardUpload heard = service.heard().getFirst();
        assertEquals(16_000, heard.rate());
        assertEquals(960, heard.millis());
        assertEquals("es", heard.fields().get("language"));
    }

    @Test
    void the_long_form_tells_language_and_times() throws Exception {
        JsonObject got = hear("response_format", "verbose_json").json();
        assertEquals("spanish", got.getString("language"));
        assertEquals(0.96, got.getDouble("duration"));
        assertEquals(
                0.02, got.getJsonArray("segments").getJsonObject(0).getDouble("no_speech_prob"));
    }

    @Test
    void words_may_come_as_events_but_not_of_the_oldest_model() throws Exception {
        Got got = hear("model", "gpt-4o-transcribe", "stream", "true");
        assertEquals("text/event-stream", got.type());
        assertEquals(
                """
                data: {"type":"transcript.text.delta","delta":"vaa"}

                data: {"type":"transcript.text.delta","delta":" vcc"}

                data: {"type":"transcript.text.delta","delta":" vee"}

                data: {"type":"transcript.text.done","text":"vaa vcc vee","usage":{}}

                """,
                got.text());
        assertEquals(400, hear("stream", "true").status());
    }

    @Test
    void a_file_that_is_none_or_has_no_ending_is_refused() throws Exception {
        assertEquals(400, client.upload(HEAR, "a.wav", new byte[20], fields()).status());
        assertEquals(400, client.upload(HEAR, "a", FILE, fields()).status());
        assertEquals(400, hear("response_format", "srt").status());
        assertEquals(404, hear("model", "whisper-9").status());
        assertEquals(401, stranger().status());
        assertEquals(404, client.get("/v1/other").status());
    }

    private Got stranger() throws Exception {
        try (var stranger = new AudioClient(fake.address(), "sk-other")) {
            return stranger.upload(HEAR, "a.wav", FILE, fields());
        }
    }

    @Test
    void text_comes_back_as_sound_without_a_header_at_24_khz() throws Exception {
        Got got = client.post(SAY, asked().put("speed", 1.25));
        assertEquals("audio/pcm", got.type());
        short[] pcm = Sound.at(8000, Sound.samples(got.body()), 24_000);
        assertEquals(List.of(ToneWord.W2, ToneWord.W4), ToneDetector.listen(pcm).words());
        assertEquals(List.of(new SaidText("wbb wdd", "coral", 1.25)), service.said());
    }

    @Test
    void a_wav_that_is_streamed_does_not_know_how_long_it_becomes() throws Exception {
        Got got = client.post(SAY, asked().put("response_format", "wav"));
        assertEquals(-1, Sound.samples(got.body())[20]);
        Wav wav = Wav.of(got.body(), "the answer");
        assertEquals(24_000, wav.rate());
        assertEquals(
                List.of(ToneWord.W2, ToneWord.W4),
                ToneDetector.listen(Sound.at(8000, wav.pcm(), 24_000)).words());
    }

    @Test
    void what_cannot_be_said_is_refused() throws Exception {
        JsonObject noFormat = asked();
        noFormat.remove("response_format");
        assertEquals(400, client.post(SAY, noFormat).status());
        assertEquals(400, client.post(SAY, asked().put("response_format", "mp3")).status());
        assertEquals(400, client.post(SAY, asked().put("voice", "nobody")).status());
        assertEquals(400, client.post(SAY, asked().put("input", "")).status());
        assertEquals(400, client.post(SAY, asked().put("input", "a".repeat(4097))).status());
        assertEquals(400, client.post(SAY, asked().put("input", 7)).status());
        assertEquals(404, client.post(SAY, asked().put("model", "tts-9")).status());
    }

    @Test
    void whisper_cpp_s_server_has_habits_of_its_own() throws Exception {
        restart(AudioServer.WHISPER_SERVER);
        assertEquals(
                "{\"text\":\" vaa vcc vee\\n\"}",
                client.upload("/inference", "a.wav", FILE, Map.of()).text());
        assertEquals(
                "text/html; charset=utf-8",
                client.upload("/inference", "a.wav", FILE, Map.of("response_format", "text"))
                        .type());
        byte[] silence = new Wav(new short[8000], 8000).bytes();
        JsonObject invented =
                client.upload(
                                "/inference",
                                "a.wav",
                                silence,
                                Map.of("language", "es", "response_format", "verbose_json"))
                        .json();
        assertEquals(" Gracias por ver el video.\n", invented.getString("text"));
        assertTrue(
                invented.getJsonArray("segments").getJsonObject(0).getDouble("no_speech_prob")
                        > 0.6);
        assertEquals(
                "Unrecognized file format: a.mp3",
                client.upload("/inference", "a.mp3", FILE, Map.of()).json().getString("error"));
        assertEquals(404, client.post(SAY, asked()).status());
        assertEquals("{\"status\":\"ok\"}", client.get("/health").text());
    }

    @Test
    void speaches_takes_a_rate_and_tells_errors_its_own_way() throws Exception {
        restart(AudioServer.SPEACHES);
        JsonObject own = asked().put("model", "speaches-ai/Kokoro-82M-v1.0-ONNX");
        Got got = client.post(SAY, own.put("sample_rate", 8000));
        assertEquals(
                List.of(ToneWord.W2, ToneWord.W4),
                ToneDetector.listen(Sound.samples(got.body())).words());
        assertTrue(client.post(SAY, asked()).json().getString("detail").contains("does not exist"));
        assertEquals(2, client.get("/v1/models").json().getJsonArray("data").size());
    }

    @Test
    void words_may_follow_a_script_instead() {
        Ear ear = Ear.inOrder("en", "good morning", "");
        assertEquals(
                List.of(
                        new Ear.Word("good", "en", 0, 500),
                        new Ear.Word("morning", "en", 500, 1000)),
                ear.hear(new short[8000]));
        assertEquals(List.of(), ear.hear(SOUND));
        assertEquals(List.of(), ear.hear(SOUND));
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, 401, invalid_api_key",
        "FORBIDDEN, 403, ",
        "NOT_FOUND, 404, model_not_found",
        "RATE_LIMITED, 429, rate_limit_exceeded",
        "QUOTA_SPENT, 429, insufficient_quota",
        "SERVER_ERROR, 500, "
    })
    void a_fault_told_by_a_status_is_told_by_it(Fault fault, int status, String code)
            throws Exception {
        fake.inject(fault);
        for (Got got : List.of(hear(), client.post(SAY, asked()))) {
            assertEquals(fault == Fault.SERVER_ERROR ? got.status() : status, got.status());
            assertEquals(code, got.json().getJsonObject("error").getString("code"));
            assertTrue(got.status() >= 400);
        }
        assertEquals(2, fake.journal().refused().values().stream().mapToInt(n -> n).sum());
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "HALF_CLOSE"})
    void a_broken_answer_ends_in_the_middle(Fault fault) {
        fake.inject(fault);
        assertThrows(IOException.class, () -> client.post(SAY, asked()));
        assertThrows(IOException.class, this::hear);
        Poll.until(
                Duration.ofSeconds(10), () -> fake.journal().spoilt() == 2, "two spoilt answers");
    }

    @Test
    void incomplete_answers_are_what_they_are_called() throws Exception {
        fake.inject(Fault.INCOMPLETE);
        assertEquals(7, hear().json().getInteger("text"));
        fake.inject(Fault.GARBAGE);
        assertFalse(hear().text().startsWith("{"));
    }
}
