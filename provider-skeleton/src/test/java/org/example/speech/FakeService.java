package org.example.speech;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.sandalphone.harness.contract.ProviderSetup;
import io.sandalphone.harness.contract.ProviderSetup.Words;
import io.sandalphone.harness.tone.ToneEar;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneTranslator;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A service on loopback that understands, translates and sings tone words, so that a test can say exactly
/// what must come of what.
final class FakeService implements AutoCloseable {
    private static final String KEY = "key-of-the-fake";
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// What answers one path.
    @FunctionalInterface
    private interface Answer {
        byte[] to(byte[] body, Language first) throws SpeechException;
    }

    private FakeService(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        answer("/check", (_, _) -> new byte[0]);
        answer("/translate", FakeService::translate);
        answer("/speak", (body, _) -> speak(body));
        answer("/recognize", FakeService::recognize);
        server.start();
    }

    static FakeService start() {
        try {
            return new FakeService(
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The provider with settings that reach this.
    ProviderSetup setup() {
        return ProviderSetup.of(
                ExampleProvider.NAME,
                """
                endpoint: "%s"
                api-key: "%s"
                timeout: 20s
                """
                        .formatted(endpoint(), KEY),
                Words.TONES,
                ExampleProvider.NAME);
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(String path, Answer answer) {
        server.createContext(path, exchange -> handle(exchange, answer));
    }

    private static void handle(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            byte[] answered = answer.to(body, language(exchange.getRequestURI().getQuery()));
            exchange.sendResponseHeaders(200, answered.length == 0 ? -1 : answered.length);
            exchange.getResponseBody().write(answered);
        } catch (SpeechException e) {
            exchange.sendResponseHeaders(400, -1);
        }
    }

    /// The first one of the query.
    private static Language language(String query) {
        String first = query.contains("&") ? query.substring(0, query.indexOf('&')) : query;
        return new Language(first.isEmpty() ? "en" : first.substring(first.indexOf('=') + 1));
    }

    /// Tone words become those of the other language; any other text is left as it is.
    private static byte[] translate(byte[] body, Language from) throws SpeechException {
        String text = new String(body, StandardCharsets.UTF_8);
        Language to = from.sameAs(ToneWord.ENGLISH) ? ToneWord.SPANISH : ToneWord.ENGLISH;
        String translated =
                ToneWord.parse(text).isEmpty()
                        ? text
                        : new ToneTranslator()
                                .translate(
                                        new TranslationRequest(
                                                text, from, to, List.of(), Usage.UNMETERED));
        return translated.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] speak(byte[] body) throws SpeechException {
        List<ToneWord> words =
                ToneWord.parse(new String(body, StandardCharsets.UTF_8))
                        .orElseGet(() -> List.of(ToneWord.V1, ToneWord.V2));
        short[] pcm = ToneSpeech.USUAL.render(words);
        ByteBuffer bytes = ByteBuffer.allocate(pcm.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(pcm);
        return bytes.array();
    }

    private static byte[] recognize(byte[] body, Language language) {
        var ear = new ToneEar(ToneWord.of(language));
        var pcm = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        for (long position = 0; pcm.remaining() >= FRAME; position += FRAME) {
            var frame = new short[FRAME];
            pcm.get(frame);
            ear.hear(new AudioFrame(frame, AudioFrame.TELEPHONE_RATE, position));
        }
        return ToneWord.text(ear.words()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
