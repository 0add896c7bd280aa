package io.sandalphone.harness.fakes.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// With a plain client.
class PiperServerTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private PiperServer service = service(Duration.ZERO);
    private HttpFake fake = started();
    private AudioClient client = new AudioClient(fake.address(), "");

    private static PiperServer service(Duration loading) {
        return new PiperServer(SpeechGenerator.singing(ToneSpeech.USUAL), loading);
    }

    private HttpFake started() {
        return HttpFake.start(VERTX.get(), FakeOptions.PLAIN, HttpFake.INSTANT, service);
    }

    @AfterEach
    void close() {
        client.close();
        fake.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/synthesize, es_MX-fake-low, 16000",
        "/synthesize, en_US-fake-medium, 22050",
        "/synthesize, de_DE-nobody, 22050",
        "/, , 22050"
    })
    void text_comes_back_as_a_file_at_the_rate_of_the_voice_that_speaks(
            String path, String voice, int rate) throws Exception {
        var asked = new JsonObject().put("text", "wbb wdd").put("length_scale", 0.8);
        var got = client.post(path, voice == null ? asked : asked.put("voice", voice));
        assertEquals("audio/wav", got.type());
        Wav wav = Wav.of(got.body(), "the answer");
        assertEquals(rate, wav.rate());
        assertEquals(
                List.of(ToneWord.W2, ToneWord.W4),
                ToneDetector.listen(Sound.at(8000, wav.pcm(), rate)).words());
        assertEquals(1.25, service.said().getFirst().speed());
    }

    @Test
    void empty_text_is_an_error_of_the_server_and_no_json_one_of_the_client() throws Exception {
        assertEquals(500, client.post("/synthesize", new JsonObject().put("text", "")).status());
        assertEquals(400, client.post("/synthesize", new JsonObject().put("text", 7)).status());
        assertEquals(404, client.get("/synthesize").status());
    }

    @Test
    void it_tells_its_voices() throws Exception {
        JsonObject voices = client.get("/voices").json();
        assertEquals(
                16_000,
                voices.getJsonObject("es_MX-fake-low")
                        .getJsonObject("audio")
                        .getInteger("sample_rate"));
        assertEquals("en_US-fake-medium", client.get("/info").json().getString("name"));
    }

    @Test
    void only_the_first_words_of_a_voice_wait_for_it() throws Exception {
        close();
        service = service(Duration.ofHours(1));
        fake = started();
        client = new AudioClient(fake.address(), "");
        var asked = new JsonObject().put("text", "waa");
        var first =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                client.post("/synthesize", asked);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        Poll.until(Duration.ofSeconds(10), () -> service.said().size() == 1, "the first text");
        assertEquals(200, client.post("/synthesize", asked).status());
        assertFalse(first.isDone());
    }

    @Test
    void it_fails_as_flask_does() throws Exception {
        fake.inject(Fault.SERVER_ERROR);
        var got = client.post("/synthesize", new JsonObject().put("text", "waa"));
        assertEquals(500, got.status());
        assertEquals("<h1>Internal Server Error</h1>", got.text());
    }
}
