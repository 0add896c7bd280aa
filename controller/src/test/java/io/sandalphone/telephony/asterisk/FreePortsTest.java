package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.asterisk.ari.AriException;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Of the range in these tests, 10000 to 10011, six ports are even, and two of them are kept back.
class FreePortsTest {
    @TempDir Path folder;
    private Path table;
    private Path table6;
    private FreePorts ports;
    private final List<Promise<String>> asked = new ArrayList<>();

    @BeforeEach
    void make() {
        table = folder.resolve("udp");
        table6 = folder.resolve("udp6");
        ports = new FreePorts(true, List.of(table, table6));
        ports.range("10000-10011");
    }

    @Test
    void a_request_is_made_while_there_is_a_port_and_not_when_there_is_none() throws IOException {
        taken(table, "0100007F:2710", "0100007F:2712");
        assertTrue(ask());
        assertTrue(ask());
        assertRefused();
        assertEquals(2, asked.size());
    }

    @Test
    void a_port_of_a_request_that_is_answered_is_counted_where_it_is_listed() throws IOException {
        taken(table, "0100007F:2710", "0100007F:2712", "0100007F:2714");
        assertTrue(ask());
        assertRefused();
        asked.getFirst().complete("it failed, and no port was taken");
        assertTrue(ask());
    }

    @Test
    void a_port_counts_once_on_every_address_with_which_loopback_cannot_have_it()
            throws IOException {
        taken(table, "0100007F:2710", "00000000:2712");
        taken(
                table6,
                "00000000000000000000000000000000:2712",
                "0000000000000000FFFF00000100007F:2714",
                "00000000000000000000000000000000:2716");
        assertRefused();
    }

    @Test
    void odd_ports_other_ports_and_other_addresses_count_nothing() throws IOException {
        taken(table, "0100007F:2711", "0100007F:2713", "0100007F:270E", "0100007F:271C");
        taken(table, "02004D0A:2710", "02004D0A:2712", "02004D0A:2714", "02004D0A:2716");
        for (int i = 0; i < 4; i++) {
            assertTrue(ask());
        }
        assertRefused();
    }

    @Test
    void nothing_is_held_back_from_another_host_or_where_no_range_is_known() {
        ports.range("");
        assertAllAsked();
        ports = new FreePorts(false, List.of(table));
        ports.range("10000-10011");
        assertAllAsked();
    }

    private void assertAllAsked() {
        for (int i = 0; i < 20; i++) {
            assertTrue(ask());
        }
    }

    private boolean ask() {
        Promise<String> answer = Promise.promise();
        Future<String> request =
                ports.ask(
                        () -> {
                            asked.add(answer);
                            return answer.future();
                        });
        return !request.isComplete();
    }

    private void assertRefused() {
        Future<String> request =
                ports.ask(
                        () -> {
                            throw new AssertionError("asked");
                        });
        assertEquals(503, assertInstanceOf(AriException.class, request.cause()).status());
    }

    /// As Linux writes it, behind a line of titles.
    private static void taken(Path table, String... sockets) throws IOException {
        var lines =
                new ArrayList<>(Files.exists(table) ? Files.readAllLines(table) : List.of("  sl"));
        for (String socket : sockets) {
            lines.add(
                    " 1234: %s 00000000:0000 07 00000000:00000000 00:00000000 00000000  0 0 1 2 0 0"
                            .formatted(socket));
        }
        Files.write(table, lines);
    }
}
