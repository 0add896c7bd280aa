package io.sandalphone.telephony.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.codec.G711;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.stream.MutatedMessage;
import io.sandalphone.telephony.stream.SoundCoding;

import org.junit.jupiter.api.Test;

import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/// Mutated messages over a stream, in both carriers' words: `-Dfuzz.frames=N -Dfuzz.seed=N` changes how many,
/// and which.
class MediaStreamFuzzTest {
    private static final int FRAMES = Integer.getInteger("fuzz.frames", 20_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_129);

    private static final String SOUND = Base64.getEncoder().encodeToString(new byte[160]);
    private static final List<String> SEEDS =
            List.of(
                    "{\"event\":\"media\",\"sequence_number\":\"4\",\"stream_id\":\"stream-1\",\"media\":{\"track\":\"inbound\",\"chunk\":\"CHUNK\",\"timestamp\":\"TIME\",\"payload\":\""
                            + SOUND
                            + "\"}}",
                    "{\"event\":\"media\",\"sequenceNumber\":7,\"streamSid\":\"stream-1\",\"media\":{\"chunk\":CHUNK,\"timestamp\":TIME,\"payload\":\""
                            + SOUND
                            + "\"}}",
                    "{\"event\":\"mark\",\"stream_id\":\"stream-1\",\"mark\":{\"name\":\"m1\"}}",
                    "{\"event\":\"dtmf\",\"stream_id\":\"stream-1\",\"dtmf\":{\"digit\":\"1\"}}",
                    "{\"event\":\"error\",\"stream_id\":\"stream-1\",\"payload\":{\"code\":100003,\"title\":\"malformed_frame\"}}",
                    "{\"event\":\"connected\",\"version\":\"1.0.0\"}");

    private final MarkupScene scene = new MarkupScene();
    private int frames;

    @Test
    void no_message_ends_a_call_or_breaks_its_stream() {
        var chance = new Random(SEED);
        for (SoundCoding coding :
                List.of(SoundCoding.of(G711.A_LAW), SoundCoding.linear(ByteOrder.LITTLE_ENDIAN))) {
            ArrivedLeg leg = scene.arrived();
            leg.media().hear(_ -> frames++);
            leg.admit();
            var stream =
                    new MediaStream(
                            leg,
                            new RecordingSocket(),
                            MarkupScene.CALL,
                            new MediaStream.Wire(MarkupScene.STREAM, "", coding, coding, _ -> {}));
            stream.opened();
            for (int i = 0; i < FRAMES; i++) {
                String seed =
                        SEEDS.get(chance.nextInt(SEEDS.size()))
                                .replace("CHUNK", Integer.toString(i))
                                .replace("TIME", Integer.toString(20 * i));
                stream.message(MutatedMessage.of(seed, chance));
            }
            scene.loop.settle();
            assertEquals(MarkupLeg.Phase.STREAMING, leg.phase(), "seed " + SEED);
        }

        assertTrue(scene.events.stream().noneMatch(LegEvent.Ended.class::isInstance));
        // Otherwise nothing was tried but what is refused at once.
        assertTrue(frames > FRAMES / 20, "only " + frames + " of " + FRAMES + " were sound");
    }
}
