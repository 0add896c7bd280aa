package io.sandalphone.harness.sip;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.calls.Heartbeat;
import io.sandalphone.harness.calls.SoundGap;
import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

class ToneGapTest {
    private static final long START = 7_000_000_000L;
    private static final int PACKET = 160;
    private static final int PACKETS = 1500;
    private final byte[] hum =
            MuLaw.encode(
                    new ToneSpeech(
                                    Duration.ofMillis(20 * PACKETS),
                                    Duration.ofMillis(31),
                                    ToneSpeech.USUAL.level())
                            .render(ToneWord.W8));

    private final RtpRecording recording = new RtpRecording();
    private final Heartbeat heartbeat = new Heartbeat();

    @AfterEach
    void close() {
        heartbeat.close();
    }

    @Test
    void a_count_that_fell_behind_little_by_little_and_is_put_right_is_no_silence() {
        for (int i = 0; i < PACKETS; i++) {
            // Each 25th comes a packet later, and so do all after it; at the end the source begins
            // to count anew.
            int late = 20 * (i / 25);
            boolean right = i > PACKETS - 100;
            arrive(20 * i + late, right ? PACKET * i + 8 * late : PACKET * i, right ? 2 : 1, i);
        }
        SoundGap gap = gap();
        assertTrue(gap.unnoticed(), gap::toString);
    }

    @Test
    void silence_in_packets_is_missed() {
        Arrays.fill(hum, 200 * PACKET, 210 * PACKET, MuLaw.SILENCE);
        for (int i = 0; i < PACKETS; i++) {
            arrive(20 * i, PACKET * i, 1, i);
        }
        SoundGap gap = gap();
        assertFalse(gap.unnoticed());
        assertNear(Duration.ofMillis(200), gap.length());
        assertNear(Duration.ofSeconds(4), Duration.ofNanos(gap.fromNanos() - START));
    }

    private static void assertNear(Duration expected, Duration found) {
        assertTrue(expected.minus(found).abs().toMillis() <= 20, found::toString);
    }

    private SoundGap gap() {
        long end = recording.packets().getLast().arrivalNanos();
        return SoundGap.ofTone(recording, ToneWord.W8, START, end, heartbeat);
    }

    private void arrive(int millis, int timestamp, int ssrc, int packet) {
        recording.add(
                ByteBuffer.allocate(12 + PACKET)
                        .putShort((short) 0x8000)
                        .putShort((short) packet)
                        .putInt(timestamp)
                        .putInt(ssrc)
                        .put(Arrays.copyOfRange(hum, packet * PACKET, (packet + 1) * PACKET))
                        .flip(),
                START + millis * 1_000_000L);
    }
}
