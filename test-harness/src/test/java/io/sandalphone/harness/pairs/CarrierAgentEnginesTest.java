package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.agents.ToneConversation;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.audio.AudioServer;
import io.sandalphone.harness.fakes.audio.Ear;
import io.sandalphone.harness.fakes.audio.GoogleSpeech;
import io.sandalphone.harness.fakes.audio.HeardUpload;
import io.sandalphone.harness.fakes.audio.OpenAiAudio;
import io.sandalphone.harness.fakes.audio.PiperServer;
import io.sandalphone.harness.fakes.audio.SaidText;
import io.sandalphone.harness.fakes.google.GoogleAccount;
import io.sandalphone.harness.fakes.http.HttpFake;
import io.sandalphone.harness.fakes.http.HttpService;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Short conversations with an agent over a simulated Twilio, in which engines hear and speak that take utterance by utterance over HTTP, each
/// against its fake.
@Timeout(180)
class CarrierAgentEnginesTest {
    private static final ToneWord FIRST = ToneWord.W1;
    private static final ToneWord SECOND = ToneWord.W5;

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpFake> fakes = new ArrayList<>();
    private final SpeechGenerator singing =
            SpeechGenerator.singing(ToneSpeech.USUAL.withWord(Duration.ofMillis(400)));
    private final OpenAiAudio openAi =
            new OpenAiAudio(AudioServer.OPENAI, Ear.tones(), singing, true);

    /// The address at which `service` answers from now on.
    private String serve(HttpService service) {
        HttpFake fake = HttpFake.start(vertx, FakeOptions.PLAIN, HttpFake.INSTANT, service);
        fakes.add(fake);
        return fake.address().toString();
    }

    @AfterEach
    void close() throws Exception {
        fakes.forEach(HttpFake::close);
        vertx.close().await();
    }

    /// Somebody is greeted, says two words that are said back, and hangs up.
    private static void converse(String settings) throws Exception {
        try (PairLab lab =
                ToneConversation.open(
                        Kind.TWILIO, Optional.empty(), settings, ControllerProgram.QUICK)) {
            ToneConversation conversation = ToneConversation.greeted(lab);
            var _ = conversation.answered(FIRST);
            var _ = conversation.answered(SECOND);
            conversation.leave();
        }
    }

    private String openAiSettings() {
        return """
        openai: {base-url: "%s/v1", api-key: "%s"}
        """
                .formatted(serve(openAi), AudioServer.OPENAI.key().orElseThrow())
                .strip();
    }

    private static void assertHeard(List<HeardUpload> heard) {
        assertEquals(2, heard.size(), "each utterance is sent once: " + heard);
    }

    private static void assertSaid(List<SaidText> said) {
        List<String> texts = said.stream().map(SaidText::text).toList();
        for (ToneWord word : List.of(ToneWord.W7, FIRST, SECOND)) {
            assertTrue(
                    texts.stream().anyMatch(text -> text.contains(word.text())),
                    word + " is among " + texts);
        }
    }

    @Test
    void a_server_with_openais_endpoints_hears_and_speaks() throws Exception {
        converse(
                """
                speech: {transcriber: [openai], synthesizer: [openai]}
                engines:
                  %s
                """
                        .formatted(openAiSettings()));
        assertHeard(openAi.heard());
        assertSaid(openAi.said());
    }

    @Test
    void google_hears_and_speaks() throws Exception {
        var google = new GoogleSpeech(GoogleAccount.USUAL.apiKey(), Ear.tones(), singing);
        String address = serve(google);
        converse(
                """
                speech: {transcriber: [google], synthesizer: [google]}
                engines:
                  google:
                    api-key: "%1$s"
                    hearing: {endpoint: "%2$s"}
                    speaking: {endpoint: "%2$s"}
                """
                        .formatted(GoogleAccount.USUAL.apiKey(), address));
        assertHeard(google.heard());
        assertSaid(google.said());
    }

    @Test
    void piper_speaks_and_another_server_hears() throws Exception {
        var piper = new PiperServer(singing, Duration.ofMillis(500));
        converse(
                """
                speech: {transcriber: [openai], synthesizer: [piper]}
                engines:
                  %s
                  piper: {base-url: "%s", voices: [en_US-fake-medium]}
                """
                        .formatted(openAiSettings(), serve(piper)));
        assertHeard(openAi.heard());
        assertSaid(piper.said());
        assertEquals(List.of(), openAi.said());
    }
}
