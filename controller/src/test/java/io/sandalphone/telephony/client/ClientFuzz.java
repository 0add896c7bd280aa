package io.sandalphone.telephony.client;

import io.sandalphone.fuzz.FuzzRun;
import io.sandalphone.telephony.LegEvent;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// `scripts/fuzz --target client`: what comes over `WS /client`, while somebody waits to talk to whoever it is.
public final class ClientFuzz {
    /// The word that stands in an input for a ticket.
    private static final String TICKET = "@TICKET@";

    private static final byte BINARY = '#';
    private static final Duration FRAME = Duration.ofMillis(20);
    // Beyond the time in which a client may come back.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private ClientFuzz() {}

    public static void fuzzerInitialize() {
        FuzzRun.begin();
    }

    public static void fuzzerTestOneInput(byte[] input) {
        var scene = new ClientScene();
        scene.calls.browsers.add("*");
        scene.connect().init(scene.ticket(ClientScene.ES));
        ClientScene.Client client = scene.connect();
        FuzzRun.each(
                FuzzRun.with(input, TICKET, scene.ticket(ClientScene.EN)),
                frame -> {
                    if (frame.length > 0 && frame[0] == BINARY) {
                        client.binary(Arrays.copyOfRange(frame, 1, frame.length));
                    } else {
                        client.say(new String(frame, StandardCharsets.UTF_8));
                    }
                    scene.loop.advance(FRAME);
                });
        client.closes(1006);
        scene.loop.advance(PATIENCE);
        scene.callEnds();
        for (List<LegEvent> events : scene.events) {
            long ends = events.stream().filter(LegEvent.Ended.class::isInstance).count();
            if (ends != 1 || !(events.getLast() instanceof LegEvent.Ended)) {
                throw new IllegalStateException("a call that does not end once: " + events);
            }
        }
    }

    public static void fuzzerTearDown() {
        FuzzRun.tell();
    }
}
