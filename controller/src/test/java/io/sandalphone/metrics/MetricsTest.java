package io.sandalphone.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jvm_memory_used_bytes",
                "jvm_gc_live_data_size_bytes",
                "jvm_threads_live_threads",
                "process_cpu_usage",
                "process_files_open_files",
                "process_uptime_seconds"
            })
    void the_process_itself_is_measured(String meter) {
        try (Metrics metrics = new Metrics()) {
            String text = metrics.scrape();
            assertTrue(text.contains("\n" + meter), text);
        }
    }
}
