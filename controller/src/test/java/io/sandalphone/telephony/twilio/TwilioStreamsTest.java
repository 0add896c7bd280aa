package io.sandalphone.telephony.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.markup.PlainSocket;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.StreamRefusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;

import org.junit.jupiter.api.Test;

import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What comes and goes over Twilio's sockets, over real connections.
class TwilioStreamsTest extends TwilioWire {
    @Test
    void the_caller_is_heard_over_the_stream_in_frames() throws Exception {
        WebSocket socket = streaming();
        socket.writeTextMessage(sound(20));
        socket.writeTextMessage(sound(40));
        socket.writeTextMessage(sound(80).replace("\"chunk\":\"4\"", "\"chunk\":\"3\""));

        assertEquals(0, next(heard).position());
        assertEquals(160, next(heard).position());
        assertEquals(480, next(heard).position());
    }

    @Test
    void the_caller_hears_what_is_sent_and_its_mark_comes_back() throws Exception {
        WebSocket socket = streaming();
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        socket.textMessageHandler(sent::add);
        var played = new CompletableFuture<Void>();
        onLoop(
                () -> {
                    leg().media().send(new AudioFrame(new short[160], 8000, 0));
                    leg().media().whenPlayed(() -> played.complete(null));
                });

        assertEquals(
                "{\"event\":\"media\",\"streamSid\":\"%s\",\"media\":{\"payload\":\"%s\"}}"
                        .formatted(
                                TwilioScene.STREAM,
                                Base64.getEncoder().encodeToString(filled(160, (byte) 0xff))),
                next(sent));
        String mark = next(sent);
        assertEquals(
                "{\"event\":\"mark\",\"streamSid\":\"%s\",\"mark\":{\"name\":\"m1\"}}"
                        .formatted(TwilioScene.STREAM),
                mark);
        socket.writeTextMessage(mark);
        played.get(PATIENCE, TimeUnit.SECONDS);
        onLoop(() -> leg().media().clear());
        assertEquals(
                "{\"event\":\"clear\",\"streamSid\":\"%s\"}".formatted(TwilioScene.STREAM),
                next(sent));
    }

    @Test
    void pressed_keys_are_told() throws Exception {
        WebSocket socket = streaming();
        socket.writeTextMessage(
                "{\"event\":\"dtmf\",\"streamSid\":\"%s\",\"sequenceNumber\":\"5\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"5\"}}"
                        .formatted(TwilioScene.STREAM));

        assertEquals(new LegEvent.KeyPressed('5'), next(events));
    }

    @Test
    void a_stream_that_stops_is_a_caller_who_hung_up() throws Exception {
        WebSocket socket = streaming();
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeTextMessage(
                "{\"event\":\"stop\",\"streamSid\":\"%s\",\"stop\":{\"accountSid\":\"%s\",\"callSid\":\"%s\"}}"
                        .formatted(TwilioScene.STREAM, TwilioScene.ACCOUNT, TwilioScene.CALL));

        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), next(events));
        assertTrue(rest.updated.isEmpty());
        assertFalse(closing.isDone() && closing.get() != 1000);
    }

    @Test
    void a_caller_who_is_hung_up_on_is_ended_by_rest_before_the_socket_closes() throws Exception {
        WebSocket socket = streaming();
        CompletableFuture<Integer> closing = closing(socket);
        onLoop(() -> leg().hangUp(HangupCause.NORMAL));

        assertEquals(1000, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertEquals(List.of("completed"), rest.statuses());
        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), next(events));
    }

    @Test
    void a_socket_that_breaks_off_is_asked_for_again() throws Exception {
        WebSocket socket = streaming();
        await(socket.close());
        assertInstanceOf(LegEvent.MediaLost.class, next(events));
        while (rest.updated.isEmpty()) {
            Thread.onSpinWait();
        }
        String token = token(rest.updated.getFirst().get("Twiml").orElseThrow());
        WebSocket again = opens("/media-stream");
        await(again.writeTextMessage(connected()));
        await(again.writeTextMessage(start(token, TwilioScene.CALL)));

        assertEquals(new LegEvent.MediaBack(), next(events));
    }

    @Test
    void a_token_opens_one_stream() throws Exception {
        String token = token(post("/twilio/voice", call()).body());
        for (int i = 0; i < 2; i++) {
            WebSocket socket = opens("/twilio/stream");
            CompletableFuture<Integer> closing = closing(socket);
            await(socket.writeTextMessage(connected()));
            await(socket.writeTextMessage(start(token, TwilioScene.CALL)));
            if (i == 0) {
                assertEquals(new LegEvent.Answered(), next(events));
            } else {
                assertEquals(1008, closing.get(PATIENCE, TimeUnit.SECONDS));
            }
        }
        assertEquals(1, refused(StreamRefusal.TOKEN_USED));
    }

    @Test
    void a_stream_that_was_never_announced_is_closed() throws Exception {
        WebSocket socket = opens("/media-stream");
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeTextMessage(connected());
        socket.writeTextMessage(start("guessed", TwilioScene.CALL));

        assertEquals(1008, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertEquals(1, refused(StreamRefusal.TOKEN_UNKNOWN));
    }

    @Test
    void a_token_of_another_call_is_not_taken() throws Exception {
        String token = token(post("/twilio/voice", call()).body());
        WebSocket socket = opens("/media-stream");
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeTextMessage(connected());
        socket.writeTextMessage(start(token, "CA" + "3".repeat(32)));

        assertEquals(1008, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertEquals(1, refused(StreamRefusal.WRONG_CALL));
    }

    @Test
    void a_socket_that_starts_nothing_is_closed() throws Exception {
        WebSocket socket = opens("/media-stream");
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeTextMessage(connected());

        assertEquals(1008, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertEquals(1, refused(StreamRefusal.NO_START));
    }

    @Test
    void a_socket_that_is_not_signed_is_not_opened() throws Exception {
        for (String wrong : List.of("", "bm90IHNpZ25lZA==")) {
            var failure = assertInstanceOf(ExecutionException.class, failure(wrong));
            var rejected = assertInstanceOf(UpgradeRejectedException.class, failure.getCause());
            assertEquals(403, rejected.getStatus());
        }
        assertEquals(2, refused(StreamRefusal.UNANNOUNCED));
    }

    @Test
    void binary_frames_close_the_socket() throws Exception {
        WebSocket socket = opens("/media-stream");
        CompletableFuture<Integer> closing = closing(socket);
        socket.writeBinaryMessage(Buffer.buffer(new byte[160]));

        assertEquals(1003, closing.get(PATIENCE, TimeUnit.SECONDS));
        assertEquals(1, refused(StreamRefusal.BINARY));
    }

    @Test
    void a_frame_of_ten_megabytes_closes_the_socket_without_being_read() throws Exception {
        String token = token(post("/twilio/voice", call()).body());
        try (PlainSocket socket = opensPlain("/media-stream")) {
            socket.text(connected());
            socket.text(start(token, TwilioScene.CALL));
            answered();
            socket.beginText(10 << 20);

            assertEquals(1009, socket.closing());
        }
        assertInstanceOf(LegEvent.MediaLost.class, next(events));
        assertEquals(1, refused(StreamRefusal.TOO_LONG));
    }

    @Test
    void what_is_no_frame_closes_the_socket() throws Exception {
        String token = token(post("/twilio/voice", call()).body());
        try (PlainSocket socket = opensPlain("/media-stream")) {
            socket.text(connected());
            socket.text(start(token, TwilioScene.CALL));
            answered();
            socket.beginFrameOfNoKind();

            assertEquals(1008, socket.closing());
        }
        assertInstanceOf(LegEvent.MediaLost.class, next(events));
        assertEquals(1, refused(StreamRefusal.PROTOCOL));
    }

    @Test
    void what_is_no_message_is_counted_and_skipped() throws Exception {
        WebSocket socket = streaming();
        for (String odd :
                List.of(
                        "{\"event\":\"media\"",
                        "[]",
                        "",
                        "{\"event\":\"media\",\"media\":{\"payload\":\"%%%\"}}",
                        "{\"event\":\"news\",\"news\":{\"of\":[1,{\"a\":null}]}}",
                        sound(20).replace(TwilioScene.STREAM, "MZother"))) {
            socket.writeTextMessage(odd);
        }
        socket.writeTextMessage(sound(20));

        assertEquals(0, next(heard).position());
        assertEquals(4, streamMeters.malformed().count());
        assertEquals(1, streamMeters.foreign().count());
    }

    @Test
    void reports_of_a_calls_end_reach_its_leg() throws Exception {
        streaming();
        var form = call().with("CallbackSource", "call-progress-events");
        var report =
                FormParameters.of(
                        "CallSid",
                        form.get("CallSid").orElseThrow(),
                        "AccountSid",
                        TwilioScene.ACCOUNT,
                        "CallStatus",
                        "completed");
        assertEquals(204, post("/twilio/status", report).status());

        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), next(events));
    }
}
