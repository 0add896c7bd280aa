package io.sandalphone.harness.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.harness.measure.SoundTimeline;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;

class RtpRecordingTest {
    private static final long START = 7_000_000_000L;

    private final RtpRecording recording = new RtpRecording();

    @Test
    void sound_lies_where_its_packets_arrived() {
        arrive(0, 0, 1, 100);
        arrive(20, 160, 1, 200);
        arrive(140, 320, 1, 300);
        SoundTimeline heard = recording.heardByArrival();
        assertEquals(100, at(heard, 5));
        assertEquals(200, at(heard, 25));
        assertEquals(0, at(heard, 60));
        assertEquals(300, at(heard, 145));
    }

    @Test
    void a_player_forgives_a_little_jitter_and_plays_a_burst_in_full() {
        arrive(0, 0, 1, 100);
        arrive(35, 160, 1, 200);
        arrive(36, 320, 1, 300);
        arrive(37, 480, 1, 400);
        SoundTimeline heard = recording.heardByArrival();
        assertEquals(200, at(heard, 21));
        assertEquals(300, at(heard, 41));
        assertEquals(400, at(heard, 61));
    }

    @Test
    void by_timestamp_jitter_and_reordering_are_gone() {
        arrive(10, 0, 1, 100);
        arrive(41, 320, 1, 300);
        arrive(43, 160, 1, 200);
        arrive(60, 480, 1, 400);
        SoundTimeline heard = recording.heardByTimestamp();
        // The last packet travelled fastest: it sets where all others lie.
        assertEquals(100, at(heard, 1));
        assertEquals(200, at(heard, 21));
        assertEquals(300, at(heard, 41));
        assertEquals(400, at(heard, 61));
    }

    @Test
    void by_timestamp_what_was_lost_is_silence_however_the_count_wraps() {
        arrive(0, 0xFFFF_FF60L, 1, 100);
        arrive(40, 160, 1, 300);
        SoundTimeline heard = recording.heardByTimestamp();
        assertEquals(100, at(heard, 1));
        assertEquals(0, at(heard, 21));
        assertEquals(300, at(heard, 41));
    }

    @Test
    void a_source_that_counts_anew_goes_on_where_it_arrived() {
        arrive(0, 1_000_000, 1, 100);
        arrive(20, 50, 1, 200);
        arrive(40, 9_000, 2, 300);
        SoundTimeline heard = recording.heardByTimestamp();
        assertEquals(100, at(heard, 1));
        assertEquals(200, at(heard, 21));
        assertEquals(300, at(heard, 41));
    }

    /// As it is with an Asterisk whose machine is busy: it sends half of its packets, and counts those.
    @Test
    void a_source_that_falls_behind_for_good_is_followed() {
        for (int i = 0; i < 250; i++) {
            arrive(i * 40L, i * 160L, 1, 0);
        }
        for (int i = 0; i < 250; i++) {
            arrive(10_000 + i * 20L, (250 + i) * 160L, 1, i == 150 ? 300 : 0);
        }
        SoundTimeline heard = recording.heardByTimestamp();
        short[] around =
                heard.between(START + 12_800 * 1_000_000L, START + 13_220 * 1_000_000L).pcm();
        assertTrue(IntStream.range(0, around.length).anyMatch(i -> around[i] > 200));
    }

    @Test
    void a_burst_behind_a_silence_lies_where_it_was_said() {
        for (int i = 0; i < 400; i++) {
            int arrives = i >= 100 && i < 160 ? 160 : i;
            arrive(arrives * 20L, i * 160L, 1, i == 110 ? 300 : 0);
        }
        SoundTimeline heard = recording.heardByTimestamp();
        assertEquals(300, at(heard, 110 * 20 + 5));
    }

    @Test
    void the_largest_gap_counts_the_edges_too() {
        arrive(30, 0, 1, 100);
        arrive(50, 160, 1, 100);
        assertEquals(Duration.ofMillis(30), gap(0, 70));
        assertEquals(Duration.ofMillis(50), gap(0, 100));
        assertEquals(Duration.ofMillis(10), gap(60, 70), "nothing came within");
    }

    @Test
    void keys_are_no_sound() {
        ByteBuffer event = packet(0, 1, 0);
        event.put(1, (byte) 101);
        recording.add(event, START);
        assertEquals(1, recording.packets().size());
        assertEquals(0, recording.sound().size());
        assertEquals(0, recording.heardByArrival().pcm().length);
        assertEquals(0, recording.heardByTimestamp().pcm().length);
    }

    private Duration gap(long fromMillis, long toMillis) {
        return recording.largestGap(START + fromMillis * 1_000_000, START + toMillis * 1_000_000);
    }

    private void arrive(long millis, long timestamp, int ssrc, int sample) {
        recording.add(packet(timestamp, ssrc, sample), START + millis * 1_000_000);
    }

    private static ByteBuffer packet(long timestamp, int ssrc, int sample) {
        byte[] payload = new byte[160];
        Arrays.fill(payload, MuLaw.encode((short) sample));
        return ByteBuffer.allocate(172)
                .putShort((short) 0x8000)
                .putShort((short) 0)
                .putInt((int) timestamp)
                .putInt(ssrc)
                .put(payload)
                .flip();
    }

    /// The sample heard `millis` after the start, to the nearest hundred.
    private static int at(SoundTimeline heard, long millis) {
        int index = (int) ((START + millis * 1_000_000 - heard.startNanos()) / 125_000);
        return index < heard.pcm().length ? Math.round(heard.pcm()[index] / 100f) * 100 : 0;
    }
}
