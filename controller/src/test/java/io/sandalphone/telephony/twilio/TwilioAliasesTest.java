package io.sandalphone.telephony.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.StreamRefusal;
import io.vertx.core.http.WebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Other gateways' addresses, over real connections.
class TwilioAliasesTest extends TwilioWire {
    private static int count(String text, String pattern) {
        return (int) Pattern.compile(pattern).matcher(text).results().count();
    }

    @ParameterizedTest
    @CsvSource({
        "/voice/incoming, /voice/stream",
        "/incoming, /media-stream",
        "/sip/twilio/answer, /sip/media-stream",
    })
    void a_call_is_answered_with_the_stream_of_that_gateway_and_its_sound_passes_there(
            String webhook, String stream) throws Exception {
        Answer answer = post(webhook, call());

        assertEquals(200, answer.status());
        // The first one, and the one that comes behind the room.
        assertEquals(
                2, count(answer.body(), "<Stream url=\"wss://gw.example.org" + stream + "\">"));
        assertEquals(TwilioScene.NUMBER, next(arrivals).called());
        WebSocket socket = opens(stream);
        await(socket.writeTextMessage(connected()));
        await(socket.writeTextMessage(start(token(answer.body()), TwilioScene.CALL)));
        answered();
    }

    @Test
    void a_token_of_an_alias_opens_one_stream() throws Exception {
        String token = token(post("/voice/incoming", call()).body());
        WebSocket first = opens("/voice/stream");
        await(first.writeTextMessage(connected()));
        await(first.writeTextMessage(start(token, TwilioScene.CALL)));
        answered();

        WebSocket second = opens("/voice/stream");
        CompletableFuture<Integer> closing = closing(second);
        await(second.writeTextMessage(connected()));
        await(second.writeTextMessage(start(token, TwilioScene.CALL)));
        var _ = closing.get(PATIENCE, TimeUnit.SECONDS);
        assertEquals(1, refused(StreamRefusal.TOKEN_USED));
    }

    @Test
    void the_language_behind_the_address_becomes_a_parameter_and_the_callers() throws Exception {
        String document = post("/voice/incoming?lang=ja", call()).body();

        assertEquals(2, count(document, "<Parameter name=\"lang\" value=\"ja\"/>"), document);
        assertEquals(Optional.of("ja"), next(arrivals).language());
    }

    @ParameterizedTest
    @CsvSource({
        "/voice/incoming?lang=%22%3E%3CHangup%2F%3E",
        "/voice/incoming?lang=",
        "/voice/incoming",
        "/sip/twilio/answer?lang=ja",
        "/twilio/voice?lang=ja",
    })
    void what_is_no_language_or_stands_elsewhere_becomes_nothing(String path) throws Exception {
        String document = post(path, call()).body();

        assertFalse(document.contains("lang"), document);
        assertEquals(Optional.empty(), next(arrivals).language());
    }

    @Test
    void the_callers_number_becomes_a_parameter_where_that_gateway_had_it() throws Exception {
        String document = post("/incoming", call()).body();

        assertEquals(
                2,
                count(document, "<Parameter name=\"caller\" value=\"\\+525500000001\"/>"),
                document);
    }

    @Test
    void a_withheld_number_becomes_none() throws Exception {
        var withheld =
                FormParameters.of(
                        "CallSid", TwilioScene.CALL,
                        "AccountSid", TwilioScene.ACCOUNT,
                        "From", "+266696687",
                        "To", TwilioScene.NUMBER);
        String document = post("/incoming", withheld).body();

        assertTrue(document.contains("/media-stream"), document);
        assertFalse(document.contains("caller"), document);
    }

    @ParameterizedTest
    @CsvSource({"/voice/incoming", "/incoming", "/sip/twilio/answer"})
    void what_is_not_signed_for_that_address_is_refused(String path) throws Exception {
        assertEquals(403, post(path, call(), "").status());
        assertEquals(
                403,
                post(path, call(), signature.sign(PUBLIC.web("/twilio/voice"), call())).status());
        assertEquals(
                403,
                post(path + "?lang=es", call(), signature.sign(PUBLIC.web(path), call())).status());
        assertEquals(413, post(path, FormParameters.of("A", "x".repeat(70_000))).status());
        assertTrue(arrivals.isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"/voice/stream", "/sip/media-stream", "/sip/media-stream/guessed"})
    void nobody_opens_a_socket_there_without_a_signature(String path) {
        var _ = failure(path, Map.of());
        assertEquals(1, refused(StreamRefusal.UNANNOUNCED));
    }
}
