package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Clients that hold connections and do not come to an end.
class ConnectionGuardTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(200);

    private static RunningServer server(int max, Duration request, Duration idle) throws Exception {
        return new RunningServer("127.0.0.1", false, new ConnectionLimits(max, request, idle));
    }

    private static Socket send(RunningServer running, String bytes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.server.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /// What comes until the server closes; fails when it does not.
    private static String rest(Socket socket) throws IOException {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            assertEquals("Connection reset", e.getMessage());
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GET /health HTTP/1.1\r\n",
                "GET /health HTTP/1.1\r\nHost: x\r\nX: ",
                "POST /calls HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + RunningServer.TOKEN
                        + "\r\nContent-Length: 100\r\n\r\n{",
                "POST /calls HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                        + RunningServer.TOKEN
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nh"
            })
    void a_request_that_is_never_whole_is_not_waited_for(String part) throws Exception {
        try (RunningServer running = server(100, SHORT, LONG)) {
            assertEquals("", rest(send(running, part)));
            assertTrue(
                    running.metrics
                            .scrape()
                            .contains(
                                    "sandalphone_http_connections_closed_total{listener=\"operators\",reason=\"timeout\"}"
                                        + " 1"),
                    running.metrics::scrape);
        }
    }

    @Test
    void a_byte_now_and_then_gains_no_time() throws Exception {
        try (RunningServer running = server(100, SHORT, LONG);
                Socket socket = send(running, "GET /health HTTP/1.1\r\nX: ")) {
            socket.setSoTimeout(20);
            int sent = 0;
            for (boolean open = true; open && sent < 500; sent++) {
                try {
                    open = socket.getInputStream().read() >= 0;
                } catch (SocketTimeoutException e) {
                    socket.getOutputStream().write('x');
                } catch (SocketException e) {
                    open = false;
                }
            }
            assertTrue(sent < 500, "still open after " + sent + " bytes");
        }
    }

    @Test
    void a_connection_without_a_further_request_is_closed() throws Exception {
        try (RunningServer running = server(100, LONG, SHORT)) {
            String answers = rest(send(running, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"));
            assertTrue(answers.startsWith("HTTP/1.1 200 "), answers);
        }
    }

    @Test
    void a_flood_of_half_requests_leaves_room_for_whole_ones() throws Exception {
        List<Socket> flood = new ArrayList<>();
        try (RunningServer running = server(10, LONG, LONG)) {
            for (int i = 0; i < 200; i++) {
                flood.add(send(running, "GET /health HTTP/1.1\r\nHost:"));
            }
            assertEquals(200, running.send("GET", "/health", "").statusCode());
            assertEquals(200, running.ask("GET", "/sessions", "").statusCode());
            var open =
                    Pattern.compile(
                                    "sandalphone_http_connections\\{listener=\"operators\"}"
                                            + " ([0-9.]+)")
                            .matcher(running.metrics.scrape());
            assertTrue(open.find());
            assertTrue(Double.parseDouble(open.group(1)) <= 10, open.group());
            // The oldest were the ones to go.
            assertEquals("", rest(flood.getFirst()));
        } finally {
            for (Socket socket : flood) {
                socket.close();
            }
        }
    }

    @Test
    void watchers_stay_however_long_nothing_happens_and_take_half_the_room() throws Exception {
        try (RunningServer running = server(4, SHORT, SHORT)) {
            String watch =
                    "GET /events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                            + RunningServer.TOKEN
                            + "\r\n\r\n";
            try (Socket first = send(running, watch);
                    Socket second = send(running, watch)) {
                first.getInputStream().readNBytes(20);
                second.getInputStream().readNBytes(20);
                String third = rest(send(running, watch));
                assertTrue(third.startsWith("HTTP/1.1 503 "), third);
                // Another one was closed for being idle meanwhile, so these have been open for
                // longer.
                assertEquals(200, running.ask("GET", "/sessions", "").statusCode());
                assertTrue(
                        running.metrics.scrape().contains("sandalphone_events_watchers_clients 2"),
                        running.metrics::scrape);
            }
        }
    }
}
