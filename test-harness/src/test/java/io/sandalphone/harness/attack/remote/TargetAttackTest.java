package io.sandalphone.harness.attack.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.attack.SipSocket;
import io.sandalphone.harness.attack.cases.Cases;
import io.sandalphone.harness.lab.Poll;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Gateways that have something wrong, and what an attack on them says.
class TargetAttackTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    @Test
    void http_without_limits_that_takes_any_token_fails_its_items() throws Exception {
        try (var server = new CarelessHttp()) {
            List<String> lines = new ArrayList<>();
            var target = new Target(null, server.url(), null, "a-token-of-this-test");
            assertFalse(new TargetAttack(target, Cases::elsewhere, PATIENCE).run(lines::add));
            assertEquals(34, lines.size());
            assertTrue(lines.get(24).startsWith("25 NOT OK"), lines.get(24));
            assertTrue(lines.get(24).contains("are still open"), lines.get(24));
            assertTrue(lines.get(28).startsWith("29 NOT OK"), lines.get(28));
            assertTrue(lines.get(28).contains("Bearer: answered [200]"), lines.get(28));
            assertTrue(lines.get(29).startsWith("30 NOT OK"), lines.get(29));
            assertTrue(lines.get(32).startsWith("33 NOT OK"), lines.get(32));
            assertEquals("19 --      run scripts/doctor on the server", lines.get(18));
        }
    }

    @Test
    void who_is_taken_for_the_trunk_is_told_so_and_calls_nobody() throws Exception {
        try (SipSocket gateway =
                SipSocket.answering(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        request ->
                                request.isRequest("ACK") || request.isRequest("CANCEL")
                                        ? List.of()
                                        : List.of(SipSocket.reply(request, 100)))) {
            List<String> lines = new ArrayList<>();
            var target = new Target(gateway.local(), null, null, "");
            assertFalse(new TargetAttack(target, Cases::elsewhere, PATIENCE).run(lines::add));
            assertTrue(lines.get(25).startsWith("26 NOT OK"), lines.get(25));
            SipSocket.Received invite = gateway.requests("INVITE").getFirst();
            assertEquals("nobody", invite.called());
            assertTrue(invite.header("Require").isPresent(), invite.text());
            // What was begun is ended.
            Poll.until(
                    Duration.ofSeconds(30),
                    () -> !gateway.requests("CANCEL").isEmpty(),
                    "a CANCEL");
        }
    }

    @Test
    void who_refuses_strangers_is_well() throws Exception {
        try (SipSocket gateway =
                SipSocket.answering(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        request ->
                                request.isRequest("ACK")
                                        ? List.of()
                                        : List.of(SipSocket.reply(request, 403)))) {
            List<String> lines = new ArrayList<>();
            var target = new Target(gateway.local(), null, null, "");
            assertTrue(new TargetAttack(target, Cases::elsewhere, PATIENCE).run(lines::add));
            assertTrue(lines.get(25).startsWith("26 ok"), lines.get(25));
        }
    }

    @Test
    void what_it_will_do_names_each_address_and_no_other() throws Exception {
        var target =
                new Target(
                        Target.address("127.0.0.1", 5060),
                        Target.url("https://127.0.0.1"),
                        Target.address("127.0.0.1:8088", 8088),
                        "");
        String plan = String.join("\n", new TargetAttack(target, Cases::elsewhere).plan());
        assertTrue(plan.contains("127.0.0.1:5060"), plan);
        assertTrue(plan.contains("https://127.0.0.1:"), plan);
        assertTrue(plan.contains("127.0.0.1:8088"), plan);
        assertThrows(IllegalArgumentException.class, () -> new Target(null, null, null, ""));
        assertThrows(IllegalArgumentException.class, () -> Target.url("127.0.0.1:8090"));
    }

    /// Answers 200 to whatever has a head, at once, and closes nothing by itself.
    private static final class CarelessHttp implements AutoCloseable {
        private final ServerSocket server =
                new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        private final Set<Socket> open = ConcurrentHashMap.newKeySet();

        CarelessHttp() throws IOException {
            Thread.ofVirtual().start(this::accept);
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getLocalPort());
        }

        private void accept() {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    open.add(client);
                    Thread.ofVirtual().start(() -> serve(client));
                } catch (IOException _) {
                    // Closed.
                }
            }
        }

        private static void serve(Socket client) {
            try {
                InputStream in = client.getInputStream();
                String head = "";
                for (int next = in.read(); next >= 0; next = in.read()) {
                    head += (char) next;
                    if (head.endsWith("\r\n\r\n")) {
                        client.getOutputStream()
                                .write(
                                        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                                                .getBytes(StandardCharsets.US_ASCII));
                        if (head.contains("Connection: close")) {
                            client.close();
                        }
                        head = "";
                    }
                }
            } catch (IOException _) {
                // The client went.
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket each : open) {
                each.close();
            }
        }
    }
}
