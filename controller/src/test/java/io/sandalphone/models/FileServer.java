package io.sandalphone.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A place on loopback that holds one file, answers ranges, and fails as a test wants.
final class FileServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private volatile byte[] content;
    private volatile int cutAfter = Integer.MAX_VALUE;
    private volatile boolean cutAlways;
    private volatile boolean ignoresRanges;

    FileServer(byte[] content) throws IOException {
        this.content = content.clone();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/file", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file");
    }

    /// What each request asked for; `all` without a range.
    List<String> ranges() {
        return List.copyOf(ranges);
    }

    void hold(byte[] other) {
        content = other.clone();
    }

    /// The connection ends after so many bytes of the next answer, or of each.
    void cut(int after, boolean always) {
        cutAfter = after;
        cutAlways = always;
    }

    void ignoreRanges() {
        ignoresRanges = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "all" : range);
        byte[] whole = content;
        int from = 0;
        int code = 200;
        if (range != null && !ignoresRanges) {
            from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
            if (from >= whole.length) {
                exchange.sendResponseHeaders(416, -1);
                exchange.close();
                return;
            }
            code = 206;
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            "bytes %d-%d/%d".formatted(from, whole.length - 1, whole.length));
        }
        int most = cutAfter;
        if (!cutAlways) {
            cutAfter = Integer.MAX_VALUE;
        }
        int length = whole.length - from;
        exchange.sendResponseHeaders(code, length);
        OutputStream body = exchange.getResponseBody();
        body.write(whole, from, Math.min(most, length));
        body.flush();
        if (most < length) {
            // The server closes the connection on which a handler fails.
            throw new IOException("cut");
        }
        body.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
