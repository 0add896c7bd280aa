package io.sandalphone.telephony.telnyx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.vertx.core.http.WebSocket;

import org.junit.jupiter.api.Test;

import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A gateway that asks for linear sound at 16 kHz.
class TelnyxLinearTest extends TelnyxWire {
    @Override
    TelnyxCodec codec() {
        return TelnyxCodec.L16;
    }

    @Test
    void linear_sound_is_asked_for_both_ways_and_sent() throws Exception {
        String document = post("/telnyx/voice", call()).body();
        assertTrue(
                document.contains(
                        "bidirectionalMode=\"rtp\" bidirectionalCodec=\"L16\""
                                + " bidirectionalSamplingRate=\"16000\" codec=\"L16\""),
                document);
        WebSocket socket = opens(socketPath(document, true));
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        socket.textMessageHandler(sent::add);
        await(socket.writeTextMessage(start(TelnyxScene.CALL, "PCMU", 8000)));
        answered();
        onLoop(() -> leg().media().send(new AudioFrame(new short[160], 8000, 0)));

        String payload = Base64.getEncoder().encodeToString(new byte[640]);
        assertEquals(
                "{\"event\":\"media\",\"media\":{\"payload\":\"" + payload + "\"}}", next(sent));
    }
}
