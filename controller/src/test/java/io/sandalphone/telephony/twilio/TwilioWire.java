package io.sandalphone.telephony.twilio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Secret;
import io.sandalphone.telephony.markup.CarrierWire;
import io.sandalphone.telephony.markup.MarkupCarrier;
import io.sandalphone.telephony.markup.PlainSocket;
import io.sandalphone.telephony.stream.FormParameters;
import io.vertx.core.http.WebSocket;

import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Twilio's webhooks and sockets over real connections, on the loops they have in the gateway.
abstract class TwilioWire extends CarrierWire {
    final TwilioSignature signature = new TwilioSignature(new Secret("12345"));
    final ScriptedRest rest = new ScriptedRest();

    @Override
    protected MarkupCarrier carrier(MarkupCarrier.Surroundings surroundings) {
        return new TwilioCarrier(
                TwilioScene.settings(URI.create("http://127.0.0.1:1")),
                true,
                surroundings,
                TwilioMeters.register(registry),
                rest);
    }

    static FormParameters call() {
        return FormParameters.of(
                "CallSid", TwilioScene.CALL,
                "AccountSid", TwilioScene.ACCOUNT,
                "From", "+525500000001",
                "To", TwilioScene.NUMBER,
                "CallStatus", "ringing",
                "ForwardedFrom", "+525500000002",
                "NobodyKnows", "ñ & =");
    }

    Answer post(String path, FormParameters form, String signature) throws Exception {
        return post(
                path,
                form.encoded(),
                signature.isEmpty() ? Map.of() : Map.of("X-Twilio-Signature", signature));
    }

    Answer post(String path, FormParameters form) throws Exception {
        return post(path, form, signature.sign(PUBLIC.web(path), form));
    }

    WebSocket opens(String path) throws Exception {
        return opens(
                path,
                Map.of(
                        "x-twilio-signature",
                        signature.sign(PUBLIC.socket(path), FormParameters.of())));
    }

    PlainSocket opensPlain(String path) throws Exception {
        return plain(
                path,
                Map.of(
                        "x-twilio-signature",
                        signature.sign(PUBLIC.socket(path), FormParameters.of())));
    }

    Exception failure(String signature) {
        return failure("/media-stream", Map.of("x-twilio-signature", signature));
    }

    static String token(String document) {
        Matcher found = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(document);
        assertTrue(found.find(), document);
        return found.group(1);
    }

    static String connected() {
        return "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}";
    }

    static String start(String token, String callSid) {
        return """
        {"event":"start","sequenceNumber":"1","streamSid":"%s","start":{"accountSid":"%s","callSid":"%s",
        "streamSid":"%s","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,
        "channels":1},"customParameters":{"token":"%s"}}}\
        """
                .formatted(
                        TwilioScene.STREAM,
                        TwilioScene.ACCOUNT,
                        callSid,
                        TwilioScene.STREAM,
                        token);
    }

    static String sound(int millis) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"2\",\"streamSid\":\"%s\",\"media\":{\"track\":\"inbound\",\"chunk\":\"%d\",\"timestamp\":\"%d\",\"payload\":\"%s\"}}"
                .formatted(
                        TwilioScene.STREAM,
                        millis / 20,
                        millis,
                        Base64.getEncoder().encodeToString(new byte[160]));
    }

    WebSocket streaming() throws Exception {
        String token = token(post("/twilio/voice", call()).body());
        WebSocket socket = opens("/media-stream");
        await(socket.writeTextMessage(connected()));
        await(socket.writeTextMessage(start(token, TwilioScene.CALL)));
        answered();
        return socket;
    }
}
