package io.sandalphone.speech.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;

import okhttp3.Request;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

class VendorClientTest {
    @ParameterizedTest
    @ValueSource(ints = {200, 301, 307, 408, 421, 500, 503})
    void whatever_is_answered_a_request_is_sent_once(int status) throws Exception {
        var asked = new AtomicInteger();
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    exchange.getResponseHeaders().set("Retry-After", "0");
                    exchange.getResponseHeaders().set("Location", "/elsewhere");
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        server.start();
        try (var client = new VendorClient("the server", Duration.ofSeconds(10), Duration.ZERO)) {
            var request =
                    new Request.Builder()
                            .url("http://127.0.0.1:" + server.getAddress().getPort() + "/")
                            .build();
            var answer = client.exchange(request, System.nanoTime() + 20_000_000_000L);
            assertEquals(status, answer.status());
        } finally {
            server.stop(0);
        }
        assertEquals(1, asked.get());
    }
}
