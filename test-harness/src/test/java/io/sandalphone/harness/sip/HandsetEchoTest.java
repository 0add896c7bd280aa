package io.sandalphone.harness.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.measure.MuLaw;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;

class HandsetEchoTest {
    private static final long FRAME_NANOS = 20_000_000;
    private static final long START = 1000 * FRAME_NANOS;

    private final HandsetEcho echo = new HandsetEcho(20, Duration.ofMillis(60));

    private static ReceivedPacket packet(int number, int sample, long jitterNanos) {
        short[] pcm = new short[160];
        Arrays.fill(pcm, (short) sample);
        return new ReceivedPacket(
                START + number * FRAME_NANOS + jitterNanos,
                0,
                false,
                number,
                160L * number,
                7,
                MuLaw.encode(pcm));
    }

    private short[] frame(int number, int said) {
        short[] frame = new short[160];
        Arrays.fill(frame, (short) said);
        return echo.over(frame, START + number * FRAME_NANOS);
    }

    @Test
    void what_is_played_comes_back_softer_and_later_over_what_is_said() {
        echo.plays(packet(0, 10_000, 0));
        echo.plays(packet(1, -10_000, 7_000_000));
        assertEquals(0, frame(2, 0)[159]);
        assertEquals(1000, frame(3, 0)[0], 30);
        assertEquals(500 - 1000, frame(4, 500)[0], 30);
        assertEquals(500, frame(5, 500)[0], 0);
    }
}
