package io.sandalphone.harness.fakes.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.harness.tone.ToneDetector;
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

import java.util.Base64;
import java.util.List;

/// With a plain client.
class GoogleSpeechTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final String KEY = "AIzaFake";
    private static final String HEAR = "/v1/speech:recognize?key=" + KEY;
    private static final String SAY = "/v1/text:synthesize?key=" + KEY;
    private static final short[] SOUND =
            ToneSpeech.USUAL.render(ToneWord.V1, ToneWord.V3, ToneWord.V5, ToneWord.V2);

    private final GoogleSpeech service =
            new GoogleSpeech(KEY, Ear.tones(), SpeechGenerator.singing(ToneSpeech.USUAL));
    private final HttpFake fake =
            HttpFake.start(VERTX.get(), FakeOptions.PLAIN, HttpFake.INSTANT, service);
    private final AudioClient client = new AudioClient(fake.address(), "");

    @AfterEach
    void close() {
        client.close();
        fake.close();
    }

    private static JsonObject config() {
        return new JsonObject()
                .put("encoding", "MULAW")
                .put("sampleRateHertz", 8000)
                .put("languageCode", "es-MX")
                .put("model", "telephony");
    }

    private static JsonObject heard(JsonObject config, short[] pcm) {
        return new JsonObject()
                .put("config", config)
                .put(
                        "audio",
                        new JsonObject()
                                .put(
                                        "content",
                                        Base64.getEncoder().encodeToString(MuLaw.encode(pcm))));
    }

    private static JsonObject said(String encoding) {
        return new JsonObject()
                .put("input", new JsonObject().put("text", "wbb wdd"))
                .put("voice", new JsonObject().put("languageCode", "en-US"))
                .put(
                        "audioConfig",
                        new JsonObject()
                                .put("audioEncoding", encoding)
                                .put("sampleRateHertz", 8000));
    }

    @Test
    void an_utterance_comes_back_as_results_that_follow_each_other() throws Exception {
        var got =
                client.post(HEAR, heard(config().put("enableWordTimeOffsets", true), SOUND)).json();
        JsonArray results = got.getJsonArray("results");
        JsonObject first = results.getJsonObject(0);
        JsonObject alternative = first.getJsonArray("alternatives").getJsonObject(0);
        assertEquals("vaa vcc vee", alternative.getString("transcript"));
        JsonObject word = alternative.getJsonArray("words").getJsonObject(0);
        assertEquals("vaa", word.getString("word"));
        assertTrue(word.getString("startTime").matches("0\\.0[01]\\ds"), word::encode);
        assertTrue(word.getString("endTime").matches("0\\.2[345]\\ds"), word::encode);
        assertEquals("es-mx", first.getString("languageCode"));
        assertEquals(
                " vbb",
                results.getJsonObject(1)
                        .getJsonArray("alternatives")
                        .getJsonObject(0)
                        .getString("transcript"));
        assertEquals("2s", got.getString("totalBilledTime"));
        assertEquals("telephony", service.heard().getFirst().fields().get("model"));
    }

    @Test
    void the_language_is_that_of_the_words_where_more_than_one_may_be_spoken() throws Exception {
        var got =
                client.post(
                                HEAR,
                                heard(
                                        config().put(
                                                        "alternativeLanguageCodes",
                                                        new JsonArray().add("en-US")),
                                        ToneSpeech.USUAL.render(ToneWord.W1)))
                        .json();
        assertEquals(
                "en-us", got.getJsonArray("results").getJsonObject(0).getString("languageCode"));
    }

    @Test
    void of_silence_there_is_no_result_and_no_error() throws Exception {
        var got = client.post(HEAR, heard(config(), new short[8000]));
        assertEquals(200, got.status());
        assertFalse(got.json().containsKey("results"));
    }

    @ParameterizedTest
    @CsvSource({
        "encoding, FLAC",
        "model, telephone",
        "languageCode, ja-JP",
        "languageCode, ''",
        "encoding, ''"
    })
    void what_google_would_not_hear_is_refused(String field, String value) throws Exception {
        var got = client.post(HEAR, heard(config().put(field, value), SOUND));
        assertEquals(400, got.status());
        assertEquals("INVALID_ARGUMENT", got.json().getJsonObject("error").getString("status"));
    }

    @Test
    void too_much_too_little_and_strangers_are_refused() throws Exception {
        assertEquals(400, client.post(HEAR, heard(config(), new short[61 * 8000])).status());
        assertEquals(400, client.post(HEAR, heard(config(), new short[0])).status());
        assertEquals(
                400,
                client.post(HEAR, heard(config().put("sampleRateHertz", "x"), SOUND)).status());
        assertEquals(403, client.post("/v1/speech:recognize", heard(config(), SOUND)).status());
        var stranger = client.post("/v1/speech:recognize?key=other", heard(config(), SOUND));
        assertEquals(400, stranger.status());
        assertTrue(stranger.text().contains("API_KEY_INVALID"));
        assertEquals(404, client.post("/v1/other?key=" + KEY, new JsonObject()).status());
    }

    @ParameterizedTest
    @CsvSource({"MULAW, 7", "LINEAR16, 1"})
    void text_comes_back_as_a_file_whose_sound_does_not_begin_where_it_mostly_does(
            String encoding, int coding) throws Exception {
        byte[] sound = sound(said(encoding));
        assertEquals(coding, sound[20]);
        assertEquals('L', sound[36]);
        Wav wav = Wav.of(sound, "the answer");
        assertEquals(8000, wav.rate());
        assertEquals(List.of(ToneWord.W2, ToneWord.W4), ToneDetector.listen(wav.pcm()).words());
    }

    @Test
    void pcm_has_no_header_and_a_law_is_had_too() throws Exception {
        assertEquals(
                List.of(ToneWord.W2, ToneWord.W4),
                ToneDetector.listen(Sound.samples(sound(said("PCM")))).words());
        assertEquals(6, sound(said("ALAW"))[20]);
    }

    private byte[] sound(JsonObject asked) throws Exception {
        return Base64.getDecoder().decode(client.post(SAY, asked).json().getString("audioContent"));
    }

    @Test
    void what_google_would_not_say_is_refused() throws Exception {
        assertEquals(400, client.post(SAY, said("MP3")).status());
        JsonObject empty = said("PCM").put("input", new JsonObject());
        assertEquals(400, client.post(SAY, empty).status());
        JsonObject large = said("PCM");
        large.getJsonObject("input").put("text", "ñ".repeat(2501));
        assertEquals(400, client.post(SAY, large).status());
        JsonObject other = said("PCM");
        other.getJsonObject("voice").put("name", "es-US-Neural2-A");
        assertEquals(400, client.post(SAY, other).status());
        JsonObject fast = said("PCM");
        fast.getJsonObject("audioConfig").put("speakingRate", 3);
        assertEquals(400, client.post(SAY, fast).status());
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, 400, INVALID_ARGUMENT",
        "FORBIDDEN, 403, PERMISSION_DENIED",
        "RATE_LIMITED, 429, RESOURCE_EXHAUSTED",
        "SERVER_ERROR, 503, UNAVAILABLE"
    })
    void a_fault_told_by_a_status_is_told_by_it(Fault fault, int status, String name)
            throws Exception {
        fake.inject(fault);
        var got = client.post(HEAR, heard(config(), SOUND));
        assertEquals(status, got.status());
        assertEquals(name, got.json().getJsonObject("error").getString("status"));
    }

    @Test
    void incomplete_answers_are_what_they_are_called() throws Exception {
        fake.inject(Fault.INCOMPLETE);
        assertTrue(client.post(HEAR, heard(config(), SOUND)).text().contains("\"alternatives\":7"));
        assertTrue(client.post(SAY, said("PCM")).text().contains("[7]"));
    }
}
