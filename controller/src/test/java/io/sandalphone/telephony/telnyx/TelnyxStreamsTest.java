package io.sandalphone.telephony.telnyx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.G711;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.markup.PlainSocket;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.StreamRefusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What comes and goes over Telnyx' sockets, over real connections.
class TelnyxStreamsTest extends TelnyxWire {
    private static BlockingQueue<String> sent(WebSocket socket) {
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        socket.textMessageHandler(sent::add);
        return sent;
    }

    @Test
    void the_caller_is_heard_in_order_whatever_the_order_of_the_pieces() throws Exception {
        WebSocket socket = streaming();
        for (int chunk : new int[] {1, 3, 2, 4}) {
            socket.writeTextMessage(sound(chunk, filled(160, (byte) chunk)));
        }
        for (int chunk = 1; chunk <= 4; chunk++) {
            AudioFrame frame = next(heard);
            assertEquals((chunk - 1) * 160L, frame.position());
            assertEquals(G711.MU_LAW.decode((byte) chunk), frame.pcm()[0]);
        }
    }

    @Test
    void a_call_of_a_law_is_heard_so_and_answered_in_mu_law() throws Exception {
        WebSocket socket = streaming("PCMA", 8000);
        BlockingQueue<String> sent = sent(socket);
        socket.writeTextMessage(sound(1, filled(160, (byte) 0x12)));
        assertEquals(G711.A_LAW.decode((byte) 0x12), next(heard).pcm()[7]);
        onLoop(() -> leg().media().send(new AudioFrame(new short[160], 8000, 0)));

        assertEquals(
                "{\"event\":\"media\",\"media\":{\"payload\":\"%s\"}}"
                        .formatted(Base64.getEncoder().encodeToString(filled(160, (byte) 0xff))),
                next(sent));
    }

    @Test
    void linear_sound_is_heard_when_it_is_announced() throws Exception {
        WebSocket socket = streaming("L16", 16_000);
        socket.writeTextMessage(sound(1, new byte[639]));
        socket.writeTextMessage(sound(2, new byte[640]));

        assertEquals(160, next(heard).pcm().length);
        assertEquals(1, streamMeters.malformed().count());
    }

    @Test
    void the_mark_of_what_was_sent_comes_back_and_the_rest_can_be_taken_back() throws Exception {
        WebSocket socket = streaming();
        BlockingQueue<String> sent = sent(socket);
        var played = new CompletableFuture<Void>();
        onLoop(() -> leg().media().whenPlayed(() -> played.complete(null)));
        assertEquals("{\"event\":\"mark\",\"mark\":{\"name\":\"m1\"}}", next(sent));
        socket.writeTextMessage(
                "{\"event\":\"mark\",\"sequence_number\":\"11\",\"stream_id\":\"%s\",\"mark\":{\"name\":\"m1\"}}"
                        .formatted(TelnyxScene.STREAM));
        played.get(PATIENCE, TimeUnit.SECONDS);
        onLoop(() -> leg().media().clear());

        assertEquals("{\"event\":\"clear\"}", next(sent));
    }

    @Test
    void pressed_keys_are_told() throws Exception {
        WebSocket socket = streaming();
        socket.writeTextMessage(
                "{\"event\":\"dtmf\",\"stream_id\":\"%s\",\"occurred_at\":\"2026-11-21T09:00:00Z\",\"dtmf\":{\"digit\":\"#\"}}"
                        .formatted(TelnyxScene.STREAM));

        assertEquals(new LegEvent.KeyPressed('#'), next(events));
    }

    @Test
    void a_complaint_is_counted_and_the_stream_goes_on() throws Exception {
        WebSocket socket = streaming();
        for (String complaint :
                List.of(
                        "{\"event\":\"error\",\"stream_id\":\"%s\",\"payload\":{\"code\":100003,\"title\":\"malformed_frame\",\"detail\":\"x\"}}",
                        "{\"event\":\"error\",\"payload\":\"%s\"}",
                        "{\"event\":\"news\",\"stream_id\":\"%s\"}")) {
            socket.writeTextMessage(complaint.formatted(TelnyxScene.STREAM));
        }
        socket.writeTextMessage(sound(1, new byte[160]));

        next(heard);
        assertEquals(2, count("telnyx.stream.errors"));
        assertEquals(0, streamMeters.malformed().count());
    }

    @Test
    void a_stream_that_stops_is_a_caller_who_hung_up() throws Exception {
        WebSocket socket = streaming();
        socket.writeTextMessage(
                "{\"event\":\"stop\",\"stream_id\":\"%s\",\"stop\":{\"call_control_id\":\"%s\"}}"
                        .formatted(TelnyxScene.STREAM, TelnyxScene.CALL));

        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), next(events));
        assertTrue(asked.isEmpty());
    }

    @Test
    void a_caller_who_is_hung_up_on_is_ended_by_rest_before_the_socket_closes() throws Exception {
        WebSocket socket = streaming();
        CompletableFuture<Integer> closing = closing(socket);
        onLoop(() -> leg().hangUp(HangupCause.NORMAL));

        assertEquals(1000, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertEquals(
                "/v2/texml/Accounts/"
                        + TelnyxScene.ACCOUNT
                        + "/Calls/v3%3Aabc_DEF-123 Status=completed",
                next(asked));
        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), next(events));
    }

    @Test
    void a_socket_that_breaks_off_is_asked_for_again() throws Exception {
        WebSocket socket = streaming();
        await(socket.close());
        assertInstanceOf(LegEvent.MediaLost.class, next(events));
        String document =
                FormParameters.parse(next(asked).split(" ", 2)[1]).get("Texml").orElseThrow();
        WebSocket again = opens(socketPath(document, false));
        await(again.writeTextMessage(start(TelnyxScene.CALL, "PCMU", 8000)));

        assertEquals(new LegEvent.MediaBack(), next(events));
    }

    @Test
    void a_token_opens_one_stream() throws Exception {
        String document = post("/telnyx/voice", call()).body();
        String path = socketPath(document, false);
        WebSocket first = opens(path);
        isNotOpened(path);
        await(first.writeTextMessage(connected()));
        await(first.writeTextMessage(start(TelnyxScene.CALL, "PCMU", 8000)));
        answered();

        isNotOpened(path);
        assertEquals(2, refused(StreamRefusal.UNANNOUNCED));
    }

    @Test
    void a_socket_that_breaks_off_before_its_stream_leaves_the_token_to_the_next()
            throws Exception {
        String path = socketPath(post("/telnyx/voice", call()).body(), false);
        try (PlainSocket early = plain(path, Map.of())) {
            early.beginFrameOfNoKind();
            assertEquals(1008, early.closing());
        }
        WebSocket next = opens(path);
        await(next.writeTextMessage(connected()));
        await(next.writeTextMessage(start(TelnyxScene.CALL, "PCMU", 8000)));

        answered();
    }

    private void isNotOpened(String path) {
        var failure = assertInstanceOf(ExecutionException.class, failure(path, Map.of()));
        var rejected = assertInstanceOf(UpgradeRejectedException.class, failure.getCause());
        assertEquals(403, rejected.getStatus());
    }

    @Test
    void a_socket_that_was_never_announced_is_not_opened() throws Exception {
        streaming();
        isNotOpened("/media-stream/guessed");
        isNotOpened("/media-stream");
        assertEquals(2, refused(StreamRefusal.UNANNOUNCED));
    }

    @ParameterizedTest
    @CsvSource({
        "v3:other,       PCMU, 8000,  WRONG_CALL,  1008",
        "v3:abc_DEF-123, OPUS, 48000, FORMAT,      1003",
        "v3:abc_DEF-123, PCMU, 16000, FORMAT,      1003",
    })
    void a_stream_of_another_call_or_form_is_closed(
            String call, String encoding, int rate, StreamRefusal reason, int status)
            throws Exception {
        WebSocket socket = opens(socketPath(post("/telnyx/voice", call()).body(), false));
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeTextMessage(connected());
        socket.writeTextMessage(start(call, encoding, rate));

        assertEquals(status, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertEquals(1, refused(reason));
    }

    @Test
    void what_twilio_would_say_is_nothing_of_telnyx() throws Exception {
        WebSocket socket = opens(socketPath(post("/telnyx/voice", call()).body(), false));
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeTextMessage(
                "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");

        assertEquals(1008, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertEquals(1, refused(StreamRefusal.PROTOCOL));
    }

    @Test
    void binary_frames_close_the_socket() throws Exception {
        WebSocket socket = streaming();
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeBinaryMessage(Buffer.buffer(new byte[160]));

        assertEquals(1003, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertFalse(events.contains(new LegEvent.Ended(HangupCause.NORMAL)));
    }

    @Test
    void what_is_no_message_is_counted_and_skipped() throws Exception {
        WebSocket socket = streaming();
        for (String odd :
                List.of(
                        "{\"event\":\"media\"",
                        "[]",
                        "{\"event\":\"media\",\"media\":{\"payload\":\"%%%\"}}",
                        sound(1, new byte[160]).replace(TelnyxScene.STREAM, "another"))) {
            socket.writeTextMessage(odd);
        }
        socket.writeTextMessage(sound(1, new byte[160]));

        next(heard);
        assertEquals(3, streamMeters.malformed().count());
        assertEquals(1, streamMeters.foreign().count());
    }
}
