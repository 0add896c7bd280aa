package io.sandalphone.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

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

    @Test
    void a_maximum_is_forgotten_by_the_monotonic_clock() {
        var nanos = new AtomicLong(7);
        var clock = new SteadyClock(1_000_000_000_000L, 7, nanos::get);
        assertEquals(1_000_000_000_000L, clock.wallTime());
        var registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
        Timer timer = registry.timer("test");
        timer.record(Duration.ofSeconds(5));
        assertEquals(5, timer.max(TimeUnit.SECONDS));
        nanos.addAndGet(Duration.ofMinutes(10).toNanos());
        assertEquals(1_000_000_600_000L, clock.wallTime());
        assertEquals(0, timer.max(TimeUnit.SECONDS));
    }

    @Test
    void the_registry_of_the_gateway_has_that_clock() {
        try (Metrics metrics = new Metrics()) {
            assertInstanceOf(SteadyClock.class, metrics.registry().config().clock());
        }
    }
}
