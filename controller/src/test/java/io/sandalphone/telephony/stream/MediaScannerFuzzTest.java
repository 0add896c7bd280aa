package io.sandalphone.telephony.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Mutated messages: `-Dfuzz.frames=N -Dfuzz.seed=N` changes how many, and which.
class MediaScannerFuzzTest {
    private static final int FRAMES = Integer.getInteger("fuzz.frames", 20_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_129);

    private static final List<String> SEEDS =
            List.of(
                    "{\"event\":\"media\",\"sequenceNumber\":\"2\",\"streamSid\":\"MZ1\",\"media\":"
                        + "{\"track\":\"inbound\",\"chunk\":\"1\",\"timestamp\":\"20\",\"payload\":\""
                            + "/v7+".repeat(20)
                            + "\"}}",
                    "{\"event\":\"media\",\"stream_id\":\"MZ1\",\"media\":{\"payload\":\"AQID\",\"a\":"
                        + "[1,{\"b\":null}]},\"sequence_number\":\"4\"}",
                    "{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"m1\"}}",
                    "{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"5\",\"track\":\"inbound_track\"}}",
                    "{\"event\":\"stop\",\"streamSid\":\"MZ1\",\"stop\":{\"callSid\":\"CA1\"}}");

    private final MediaScanner scanner = new MediaScanner();

    @Test
    void no_message_breaks_the_scanner_and_what_it_takes_for_sound_is_sound() {
        var chance = new Random(SEED);
        int sounds = 0;
        for (int i = 0; i < FRAMES; i++) {
            byte[] message = mutated(chance);
            String why = "seed " + SEED + ", message " + i;
            if (scanner.scan(message) && scanner.isMedia()) {
                byte[] payload = scanner.payload();
                assertTrue(payload == null || payload.length <= message.length, why);
                assertTrue(scanner.timestamp() >= -1 && scanner.chunk() >= -1, why);
                agrees(message, why);
                sounds++;
            }
        }
        // Otherwise nothing was tried but what is refused at once.
        assertTrue(sounds > FRAMES / 20, "only " + sounds + " of " + FRAMES + " were sound");
    }

    /// A full reader finds the same time in it, if it takes it for JSON at all.
    private void agrees(byte[] message, String why) {
        String text = new String(message, StandardCharsets.UTF_8);
        JsonMessage read;
        try {
            read = JsonMessage.parse(text);
        } catch (UnreadableException _) {
            return;
        }
        if (text.split("\"timestamp\"", -1).length == 2 && scanner.timestamp() >= 0) {
            long found = read.object("media").integer("timestamp").orElse(-1);
            assertEquals(found, scanner.timestamp(), why);
        }
    }

    private static byte[] mutated(Random chance) {
        return MutatedMessage.of(SEEDS.get(chance.nextInt(SEEDS.size())), chance);
    }
}
