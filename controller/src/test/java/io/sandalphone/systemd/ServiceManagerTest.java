package io.sandalphone.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ServiceManagerTest {
    private static final long PROCESS = 77;

    @Test
    void it_hears_of_each_state() {
        List<String> told = new ArrayList<>();
        var manager = new ServiceManager(told::add, Optional.empty());
        manager.ready();
        manager.alive();
        manager.stopping(Duration.ofSeconds(30));
        assertEquals(
                List.of("READY=1", "WATCHDOG=1", "STOPPING=1\nEXTEND_TIMEOUT_USEC=30000000"), told);
    }

    @Test
    void without_a_socket_nothing_is_told_and_nothing_expected() {
        ServiceManager manager = ServiceManager.of(Map.of("WATCHDOG_USEC", "1"), PROCESS);
        manager.ready();
        assertEquals(Optional.empty(), manager.watchdog());
    }

    @Test
    void the_watchdog_is_for_the_process_it_names_or_for_any() {
        assertEquals(
                Optional.of(Duration.ofSeconds(30)),
                manager(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "77")).watchdog());
        assertEquals(
                Optional.of(Duration.ofSeconds(30)),
                manager(Map.of("WATCHDOG_USEC", "30000000")).watchdog());
        assertEquals(
                Optional.empty(),
                manager(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "78")).watchdog());
        assertEquals(Optional.empty(), manager(Map.of()).watchdog());
    }

    @Test
    void a_path_that_no_socket_can_have_stops_the_start() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ServiceManager.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(107)), PROCESS));
    }

    private static ServiceManager manager(Map<String, String> environment) {
        var all = new HashMap<>(environment);
        all.put("NOTIFY_SOCKET", "/nonexistent/notify");
        return ServiceManager.of(all, PROCESS);
    }
}
