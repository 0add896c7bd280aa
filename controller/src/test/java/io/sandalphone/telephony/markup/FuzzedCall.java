package io.sandalphone.telephony.markup;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.fuzz.FuzzRun;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.stream.FuzzedConnection;
import io.sandalphone.telephony.stream.MediaScanner;
import io.sandalphone.telephony.stream.StreamProtocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A caller of whom whatever comes over their media socket: no exception escapes, and the call goes on until it is
/// hung up on, or ends with a reason, once.
public final class FuzzedCall {
    /// The word that stands in an input for the token of its call.
    public static final String TOKEN = "@TOKEN@";

    private static final Duration FRAME = Duration.ofMillis(20);
    // Longer than anything that is waited for at a stream that is gone.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Makes the carrier's protocol for an account.
    public interface Carrier {
        StreamProtocol protocol(Account account, RefusalLog refusals, MeterRegistry registry);
    }

    private FuzzedCall() {}

    /// Plays `input` to a call that the carrier knows as `callId`; the token may be in the path as well.
    public static void play(byte[] input, String callId, Carrier carrier) {
        var scene = new MarkupScene();
        StreamProtocol protocol =
                carrier.protocol(
                        scene.account,
                        new RefusalLog(scene.meters, scene.loop, "refused"),
                        scene.registry);
        var leg =
                new ArrivedLeg(
                        MarkupScene.context(Party.CALLER, scene.loop), scene.account, callId);
        leg.listen(scene.events::add);
        leg.media().hear(_ -> {});
        leg.admit();
        String token = scene.account.tokens().issue(leg);
        var connection =
                new FuzzedConnection("/media-stream/" + token, protocol, scene.streamMeters);
        FuzzRun.each(
                FuzzRun.with(input, TOKEN, token),
                frame -> {
                    agrees(frame);
                    connection.frame(frame);
                    scene.lets(FRAME);
                    leg.media().send(new AudioFrame(new short[160], 8000, 0));
                    leg.media().whenPlayed(() -> {});
                });
        connection.breaksOff();
        scene.lets(PATIENCE);
        leg.hangUp(HangupCause.NORMAL);
        scene.lets(PATIENCE);
        List<LegEvent> ends =
                scene.events.stream().filter(LegEvent.Ended.class::isInstance).toList();
        if (ends.size() != 1 || !scene.events.getLast().equals(ends.getFirst())) {
            throw new IllegalStateException("a call that does not end once: " + scene.events);
        }
    }

    /// Whoever reads the whole message finds the same time in it as who reads only its sound.
    private static void agrees(byte[] message) {
        var scanner = new MediaScanner();
        if (!scanner.scan(message) || !scanner.isMedia() || scanner.timestamp() < 0) {
            return;
        }
        String text = new String(message, StandardCharsets.UTF_8);
        if (text.split("\"timestamp\"", -1).length != 2) {
            return;
        }
        long found;
        try {
            found = JsonMessage.parse(text).object("media").integer("timestamp").orElse(-1);
        } catch (UnreadableException _) {
            return;
        }
        if (found != scanner.timestamp()) {
            throw new IllegalStateException(found + " and " + scanner.timestamp());
        }
    }
}
