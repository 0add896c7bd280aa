package io.sandalphone.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// Bodies on a real connection, byte by byte.
class RequestBodyTest {
    private static final int LIMIT = 10;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger acted = new AtomicInteger();
    private final AtomicInteger tooLong = new AtomicInteger();
    private int port;

    @BeforeEach
    void listen() {
        Router router = Router.router(vertx);
        router.post("/it")
                .handler(new RequestBody(LIMIT, tooLong::incrementAndGet))
                .handler(
                        context -> {
                            acted.incrementAndGet();
                            var _ = context.end("read " + RequestBody.of(context));
                        });
        port =
                vertx.createHttpServer()
                        .requestHandler(router)
                        .listen(0, "127.0.0.1")
                        .await()
                        .actualPort();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    /// All that is answered to these pieces, each of which is read before the next one leaves.
    private String answered(String... pieces) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            for (String piece : pieces) {
                socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static String head(String more) {
        return "POST /it HTTP/1.1\r\nHost: here\r\nConnection: close\r\n" + more + "\r\n";
    }

    @Test
    void a_body_is_read_whole_before_anybody_acts_however_it_comes() throws Exception {
        assertTrue(
                answered(head("Content-Length: 10\r\n"), "01234", "56789")
                        .endsWith("read 0123456789"));
        assertTrue(
                answered(head("Transfer-Encoding: chunked\r\n"), "3\r\nabc\r\n", "0\r\n\r\n")
                        .endsWith("read abc"));
        assertTrue(answered(head("")).endsWith("read "));
        assertEquals(0, tooLong.get());
    }

    @Test
    void one_byte_more_than_may_be_is_413_and_nobody_acts() throws Exception {
        String answer = answered(head("Content-Length: 11\r\n"), "0123456789a");
        assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
        assertTrue(answer.contains("the body exceeds 10 bytes"), answer);
        assertEquals(0, acted.get());
        assertEquals(1, tooLong.get());
    }

    @Test
    void what_follows_a_body_that_is_too_long_is_not_taken_for_a_request() throws Exception {
        String second = "POST /it HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n";
        String answer =
                answered(
                        "POST /it HTTP/1.1\r\nHost: here\r\nContent-Length: 500\r\n\r\n0123456789ab"
                                + second);
        assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
        assertEquals(answer.indexOf("HTTP/1.1"), answer.lastIndexOf("HTTP/1.1"), answer);
        assertEquals(0, acted.get());
    }

    @Test
    void broken_chunks_are_400_and_nobody_acts() throws Exception {
        String answer = answered(head("Transfer-Encoding: chunked\r\n"), "zz\r\nabc\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
        assertEquals(0, acted.get());
    }
}
