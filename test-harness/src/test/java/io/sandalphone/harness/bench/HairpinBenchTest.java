package io.sandalphone.harness.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.capture.CapturedSegment;
import io.sandalphone.harness.capture.Pcap;
import io.sandalphone.harness.capture.PcapFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

class HairpinBenchTest {
    private static final long MS = 1_000_000;

    @TempDir Path folder;

    @Test
    void a_frame_that_is_late_counts_once() {
        long[] times = cadence(50);
        times[10] += 3 * MS;
        long[] errors = CadenceError.of(times).toArray();
        assertEquals(50, errors.length);
        assertEquals(3 * MS, errors[10]);
        assertEquals(3 * MS, Arrays.stream(errors).sum());
    }

    @Test
    void frames_that_never_came_move_the_grid_once_a_second_has_passed() {
        long[] times = cadence(100);
        for (int i = 10; i < 100; i++) {
            times[i] += 20 * MS;
        }
        long[] errors = CadenceError.of(times).toArray();
        assertEquals(20 * MS, errors[9]);
        assertEquals(0, errors[10]);
        assertEquals(0, Arrays.stream(errors, 50, 100).sum());
    }

    @Test
    void what_is_less_than_a_second_lays_no_grid() {
        assertEquals(0, CadenceError.of(cadence(49)).count());
    }

    @Test
    void a_captured_segment_has_its_time_its_ports_and_the_length_of_what_it_carries()
            throws IOException {
        var file =
                new PcapFile()
                        .tcp(7, 8091, 40_000, new byte[300])
                        .tcp(8, 8091, 40_000, new byte[0])
                        .udp(9, 8091, 40_000, new byte[10]);
        List<CapturedSegment> segments = new ArrayList<>();
        Pcap.readTcp(file.write(folder.resolve("file"), 0), segments::add);
        assertEquals(List.of(new CapturedSegment(7, 8091, 40_000, 300)), segments);
    }

    @Test
    void the_value_that_so_many_do_not_exceed_is_given_in_milliseconds() {
        long[] millis = LongStream.rangeClosed(1, 100).map(i -> (101 - i) * MS).toArray();
        assertEquals(95, Distribution.percentile(millis, 95));
        assertEquals(0, Distribution.percentile(new long[0], 95));
        assertArrayEquals(new long[] {100 * MS, 99 * MS}, Arrays.copyOf(millis, 2));
    }

    @Test
    void the_calls_of_a_few_phones_are_measured() throws Exception {
        HairpinResult result =
                new HairpinBench(2, Duration.ofSeconds(4), Duration.ofSeconds(1), List.of()).run();
        for (LoadResult load : List.of(result.echo(), result.interpreted())) {
            assertEquals(List.of(), load.shortfalls());
            assertTrue(load.controller().cpuPercentPerCall() > 0, load::toString);
            assertTrue(load.cadenceError().count() > 0, load::toString);
            assertTrue(load.addedDelay().count() > 0, load::toString);
        }
        assertTrue(result.interpreted().wordsHeard() > 0, result::toString);
        assertTrue(result.firstCall().webhookMillis() > 0, result::toString);
        assertTrue(result.table().contains("INTERPRETED both ways"), result::table);
    }

    private static long[] cadence(int frames) {
        return LongStream.range(0, frames).map(i -> i * 20 * MS).toArray();
    }
}
