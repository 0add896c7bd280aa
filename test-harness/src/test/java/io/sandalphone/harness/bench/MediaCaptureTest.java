package io.sandalphone.harness.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.capture.PcapFile;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// One leg: its ExternalMedia channel at port 1000, its phone at port 2000, the controller at 9.
class MediaCaptureTest {
    private static final long MILLI = 1_000_000;
    private static final long START = 1_000_000 * MILLI;
    private static final int CONTROLLER = 9;
    private static final int MEDIA = 1000;
    private static final int PHONE = 2000;
    private static final int FRAMES = 12;

    private final PcapFile loopback = new PcapFile();
    private final PcapFile line = new PcapFile();

    @TempDir Path folder;

    @Test
    void injection_takes_from_the_marked_packet_to_the_first_with_its_tone() throws IOException {
        spurt(0);
        lineCarries(ToneWord.V1, 9);
        assertEquals(new Distribution(1, 9, 9, 9), capture().injectionDelay());
        assertEquals(0, capture().neverHeard());
    }

    @Test
    void the_voice_of_the_other_party_is_not_taken_for_the_injection() throws IOException {
        spurt(0);
        lineCarries(ToneWord.W1, 0);
        assertEquals(0, capture().injectionDelay().count());
        assertEquals(1, capture().neverHeard());
    }

    @Test
    void the_schedule_is_held_against_a_grid_and_the_cushion_left_out() throws IOException {
        spurt(1_500_000);
        var error = capture().scheduleError();
        assertEquals(new Distribution(FRAMES - MediaCapture.CUSHION, 0, 1.5, 1.5), error);
    }

    @Test
    void what_the_controller_hears_is_compared_with_20_ms() throws IOException {
        for (long at : new long[] {0, 20, 43, 60}) {
            loopback.rtp(START + at * MILLI, MEDIA, CONTROLLER, false, 0, tone(ToneWord.W1, 0));
        }
        assertEquals(new Distribution(3, 3, 3, 3), capture().listeningJitter());
    }

    /// Twelve frames as the controller sends them: three at once, then one every 20 ms, of which the
    /// sixth is so much too late.
    private void spurt(long lateNanos) {
        for (int i = 0; i < FRAMES; i++) {
            long at = START + Math.max(0, i - 2) * 20L * MILLI + (i == 5 ? lateNanos : 0);
            loopback.rtp(at, CONTROLLER, MEDIA, i == 0, 100 + i, tone(ToneWord.V1, i));
        }
    }

    /// From a second before the spurt to a second after it: silence, and `word` from so many
    /// milliseconds after its start on.
    private void lineCarries(ToneWord word, int delayMillis) {
        for (int i = -50; i < 50; i++) {
            short[] pcm = i >= 0 && i < FRAMES ? tone(word, i) : new short[160];
            line.rtp(START + (i * 20L + delayMillis) * MILLI, 5, PHONE, false, i, pcm);
        }
    }

    private static short[] tone(ToneWord word, int frame) {
        return Arrays.copyOfRange(ToneSpeech.USUAL.render(word), frame * 160, frame * 160 + 160);
    }

    private MediaCapture capture() throws IOException {
        return MediaCapture.read(
                List.of(new MediaCapture.Leg(MEDIA, PHONE)),
                loopback.write(folder.resolve("loopback"), 0),
                line.write(folder.resolve("line"), 0));
    }
}
