package io.sandalphone.telephony.telnyx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.markup.CarrierWire;
import io.sandalphone.telephony.markup.MarkupCarrier;
import io.sandalphone.telephony.stream.FormParameters;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocket;

import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Telnyx' webhooks, sockets and REST interface over real connections, on the loops they have in the gateway.
abstract class TelnyxWire extends CarrierWire {
    final AtomicLong now = new AtomicLong(TelnyxScene.NOW);
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    TelnyxCodec codec() {
        return TelnyxCodec.PCMU;
    }

    @Override
    protected MarkupCarrier carrier(MarkupCarrier.Surroundings surroundings) throws Exception {
        HttpServer rest =
                await(
                        vertx.createHttpServer()
                                .requestHandler(
                                        request ->
                                                request.body()
                                                        .onSuccess(
                                                                body -> {
                                                                    asked.add(
                                                                            request.uri()
                                                                                    + " "
                                                                                    + body);
                                                                    request.response().end("{}");
                                                                }))
                                .listen(0, "127.0.0.1"));
        return new TelnyxCarrier(
                TelnyxScene.settings(
                        URI.create("http://127.0.0.1:" + rest.actualPort()), codec(), false),
                true,
                surroundings,
                TelnyxMeters.register(registry),
                () -> Instant.ofEpochSecond(now.get()),
                new AccountId());
    }

    static FormParameters call() {
        return call(TelnyxScene.CALL);
    }

    static FormParameters call(String id) {
        return FormParameters.of(
                "CallSid",
                id,
                "CallSidLegacy",
                id,
                "AccountSid",
                TelnyxScene.ACCOUNT,
                "ConnectionId",
                TelnyxScene.APP,
                "From",
                "+525500000001",
                "To",
                TelnyxScene.NUMBER,
                "CallStatus",
                "ringing",
                "NobodyKnows",
                "ñ & =");
    }

    /// Asks, signed a second after the last time.
    Answer post(String path, FormParameters form) throws Exception {
        String body = form.encoded();
        return post(path, body, TelnyxScene.headers(now.incrementAndGet(), body));
    }

    /// The path of the first or the second socket that a document names.
    static String socketPath(String document, boolean second) {
        Matcher found =
                Pattern.compile("url=\"wss://gw.example.org(/media-stream/[\\w-]{27})\"")
                        .matcher(document);
        assertTrue(found.find(), document);
        if (second) {
            assertTrue(found.find(), document);
        }
        return found.group(1);
    }

    static String connected() {
        return "{\"event\":\"connected\",\"version\":\"1.0.0\"}";
    }

    static String start(String callId, String encoding, int rate) {
        return """
        {"event":"start","sequence_number":"1","stream_id":"%s","start":{"user_id":"%s","call_control_id":"%s",
        "from":"+1","to":"+2","client_state":"","tags":[],"custom_parameters":{},"media_format":
        {"encoding":"%s","sample_rate":%d,"channels":1}}}\
        """
                .formatted(TelnyxScene.STREAM, TelnyxScene.ACCOUNT, callId, encoding, rate);
    }

    static String sound(int chunk, byte[] payload) {
        return "{\"event\":\"media\",\"sequence_number\":%d,\"stream_id\":\"%s\",\"media\":{\"track\":\"inbound\",\"chunk\":\"%d\",\"timestamp\":%d,\"payload\":\"%s\"}}"
                .formatted(
                        chunk + 2,
                        TelnyxScene.STREAM,
                        chunk,
                        chunk * 20,
                        Base64.getEncoder().encodeToString(payload));
    }

    WebSocket opens(String path) throws Exception {
        return opens(path, Map.of());
    }

    WebSocket streaming(String encoding, int rate) throws Exception {
        WebSocket socket = opens(socketPath(post("/telnyx/voice", call()).body(), false));
        await(socket.writeTextMessage(connected()));
        await(socket.writeTextMessage(start(TelnyxScene.CALL, encoding, rate)));
        answered();
        return socket;
    }

    WebSocket streaming() throws Exception {
        return streaming("PCMU", 8000);
    }
}
