package io.sandalphone.harness.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.TcpPort;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A gateway without Asterisk whose engines speak tones, and browsers whose microphones do.
final class BrowserLab implements AutoCloseable {
    private static final int RATE = 8000;

    /// A number whose route rings pages that stand by.
    private static final String RINGS_BROWSERS = "+15551230001";

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Keeps, for each of `TONES`, how loud it was at its loudest in what the page plays.
    private static final String EARS =
            """
            window.heard = Object.fromEntries(TONES.map((hertz) => [hertz, -200]));
            const connect = AudioNode.prototype.connect;
            AudioNode.prototype.connect = function (target, ...more) {
              if (target === this.context.destination) {
                const ears = new AnalyserNode(this.context, { fftSize: 4096, smoothingTimeConstant: 0 });
                connect.call(this, ears);
                const levels = new Float32Array(ears.frequencyBinCount);
                setInterval(() => {
                  ears.getFloatFrequencyData(levels);
                  for (const hertz in heard) {
                    const bin = Math.round((hertz * ears.fftSize) / this.context.sampleRate);
                    heard[hertz] = Math.max(heard[hertz], ...levels.subarray(bin - 1, bin + 2));
                  }
                }, 20);
              }
              return connect.call(this, target, ...more);
            };
            """;

    final ControllerProcess gateway;
    final int port;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Runnable> closing = new ArrayList<>();

    BrowserLab(Path folder) throws IOException {
        this.folder = folder;
        port = TcpPort.free();
        gateway =
                ControllerProcess.alone(
                        ControllerSettings.tones()
                                .route(RINGS_BROWSERS, "browser", "relay: true")
                                .with(
                                        "public-http: {listen: 127.0.0.1, port: %d, idle-timeout: 2s}"
                                                .formatted(port))
                                .with("clients: {}"),
                        TcpPort.free(),
                        ControllerProgram.QUICK);
        closing.add(gateway::close);
    }

    /// A link for one person, to the page as it is reached at `at`.
    String link(int at, String callId, String language) throws IOException, InterruptedException {
        return link(at, callId, language, "");
    }

    /// A link by which one person stands by for calls.
    String standbyLink(String language) throws IOException, InterruptedException {
        return link(port, UUID.randomUUID().toString(), language, ",\"standby\":\"*\"");
    }

    /// A link by which one person calls who stand by.
    String callingLink(String callId, String language) throws IOException, InterruptedException {
        return link(
                port,
                callId,
                language,
                ",\"from\":\"+12125550109\",\"to\":\"%s\"".formatted(RINGS_BROWSERS));
    }

    private String link(int at, String callId, String language, String more)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + at + "/tickets"))
                                .header("Authorization", "Bearer " + ControllerSettings.TOKEN)
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                """
                                                {"callId":"%s","language":"%s","minutes":30%s}\
                                                """
                                                        .formatted(callId, language, more)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        JsonNode ticket = JSON.readTree(answer.body());
        return ticket.path("link").asText(answer.body());
    }

    String link(String callId, String language) throws IOException, InterruptedException {
        return link(port, callId, language);
    }

    /// A link that expired long ago, signed as the gateway signs.
    String expiredLink(String callId) throws GeneralSecurityException {
        String payload =
                base64(
                        """
                        {"n":"old","c":"%s","l":"en","x":1700000000}\
                        """
                                .formatted(callId)
                                .getBytes(StandardCharsets.UTF_8));
        byte[] key =
                sign(
                        ControllerSettings.TOKEN.getBytes(StandardCharsets.UTF_8),
                        "sandalphone client tickets");
        return "http://localhost:%d/phone#t=%s.%s"
                .formatted(port, payload, base64(sign(key, payload)));
    }

    private static byte[] sign(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// A browser whose person says `word`, and again every few seconds.
    Chromium saying(ToneWord word) throws IOException {
        short[] said = ToneSpeech.USUAL.render(word, word, word);
        Path microphone = Files.createTempFile(folder, "microphone", ".wav");
        new Wav(Arrays.copyOf(said, said.length + 3 * RATE), RATE).write(microphone);
        return keep(Chromium.withMicrophone(microphone));
    }

    Chromium refusing() {
        return keep(Chromium.withoutMicrophone());
    }

    private Chromium keep(Chromium browser) {
        closing.add(browser::close);
        return browser;
    }

    /// Opens a link in a page whose ears know `words`, and joins its call.
    static BrowserPage join(Chromium browser, String link, ToneWord... words) {
        BrowserPage page = open(browser, link, words);
        page.await("!document.getElementById('join').hidden");
        page.evaluate("document.querySelector('#join button').click()");
        return page;
    }

    static BrowserPage open(Chromium browser, String link, ToneWord... words) {
        List<Integer> tones = Arrays.stream(words).map(ToneWord::frequency).toList();
        return browser.open(link, EARS.replace("TONES", tones.toString()));
    }

    static void awaitState(BrowserPage page, String state) {
        page.await("document.getElementById('state').dataset.state === '" + state + "'");
    }

    /// How loud a word was at its loudest in what the page has played, in dB of the loudest there is.
    static double heard(BrowserPage page, ToneWord word) {
        return page.evaluate("heard[" + word.frequency() + "]").asDouble();
    }

    static void awaitHeard(BrowserPage page, ToneWord word) {
        page.await("heard[" + word.frequency() + "] > -60");
    }

    /// The code of the trouble that the page shows.
    static void awaitTrouble(BrowserPage page, String code) {
        page.await(
                """
                !document.getElementById('trouble').hidden
                && document.getElementById('trouble').dataset.code === '%s'\
                """
                        .formatted(code));
    }

    @Override
    public void close() {
        closing.reversed().forEach(Runnable::run);
        http.close();
    }
}
