package io.sandalphone.harness.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;

class ReadingsTest {
    @TempDir Path folder;

    @Test
    void a_percentile_is_the_smallest_value_that_so_many_do_not_exceed() {
        long[] millis = LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).toArray();
        assertEquals(new Distribution(200, 100, 198, 200), Distribution.ofNanos(millis));
        assertEquals(new Distribution(0, 0, 0, 0), Distribution.ofNanos(new long[0]));
    }

    @Test
    void collections_are_told_from_everything_else_in_their_log() throws IOException {
        Path file = folder.resolve("gc.log");
        Files.writeString(
                file,
                """
                [0.010s][info][gc] Using Serial
                [0.500s][info][gc] GC(0) Pause Young (Allocation Failure) 17M->3M(61M) 4.250ms
                [1.500s][info][gc] GC(1) Pause Young (Allocation Failure) 20M->5M(61M) 1.500ms
                """);
        var log = new GcLog(file);
        assertEquals(new Distribution(1, 1.5, 1.5, 1.5), log.pauses(2, log.lines()));
        assertEquals(5, log.heapMegabytes());
    }

    @Test
    void only_counters_of_trouble_that_grew_are_troubles() {
        var before = Counters.parse("sandalphone_rtp_dropped_packets_total{reason=\"late\"} 2.0\n");
        var after =
                Counters.parse(
                        """
                        # HELP sandalphone_rtp_dropped_packets_total Datagrams received and dropped
                        sandalphone_rtp_dropped_packets_total{reason="late"} 5.0
                        sandalphone_rtp_packets_total{direction="in"} 900.0
                        sandalphone_lane_utterances_total{outcome="spoken"} 7.0
                        sandalphone_lane_utterances_total{outcome="no_words"} 0.0
                        """);
        assertEquals(
                Map.of("sandalphone_rtp_dropped_packets_total{reason=\"late\"}", 3.0),
                after.troublesSince(before));
        assertEquals(7, after.sum("sandalphone_lane_utterances_total"));
    }

    @Test
    void a_process_has_memory_and_takes_time() throws IOException {
        var usage = ProcessUsage.of(ProcessHandle.current().pid());
        assertTrue(usage.residentBytes() > 1 << 20, usage::toString);
        assertTrue(usage.seconds() > 0, usage::toString);
        assertTrue(ProcessUsage.ofMachine().seconds() >= usage.seconds());
    }
}
