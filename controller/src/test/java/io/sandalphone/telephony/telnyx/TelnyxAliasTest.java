package io.sandalphone.telephony.telnyx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.http.WebSocket;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Another gateway's address, over real connections.
class TelnyxAliasTest extends TelnyxWire {
    private static final String ANSWER = "/sip/telnyx/answer";

    @Test
    void a_call_is_answered_with_the_stream_of_that_gateway() throws Exception {
        Answer answer = post(ANSWER, call());

        assertEquals(200, answer.status());
        assertTrue(
                answer.body()
                        .matches(
                                "(?s).*<Stream"
                                    + " url=\"wss://gw.example.org/sip/media-stream/[\\w-]{27}\".*</Dial><Connect><Stream"
                                    + " url=\"wss://gw.example.org/sip/media-stream/[\\w-]{27}\".*"),
                answer.body());
        assertEquals(TelnyxScene.NUMBER, next(arrivals).called());
    }

    @Test
    void the_sound_passes_where_the_document_says() throws Exception {
        Matcher socket =
                Pattern.compile("wss://gw.example.org(/sip/media-stream/[\\w-]{27})")
                        .matcher(post(ANSWER, call()).body());
        assertTrue(socket.find());
        WebSocket opened = opens(socket.group(1));
        await(opened.writeTextMessage(connected()));
        await(opened.writeTextMessage(start(TelnyxScene.CALL, "PCMU", 8000)));
        answered();
    }

    @Test
    void what_is_not_signed_is_refused() throws Exception {
        assertEquals(403, post(ANSWER, call().encoded(), Map.of()).status());
        assertTrue(arrivals.isEmpty());
    }
}
