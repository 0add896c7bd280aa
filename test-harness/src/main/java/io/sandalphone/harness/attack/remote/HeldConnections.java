package io.sandalphone.harness.attack.remote;

import io.sandalphone.harness.attack.RawHttp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Connections that say half of something, or nothing, until the other side closes them.
final class HeldConnections implements AutoCloseable {
    private final List<Socket> held = new ArrayList<>();

    /// Opens `count`, saying one of `halves` on each in turn. It opens fewer when it is let open fewer.
    HeldConnections(RawHttp http, int count, List<String> halves) throws IOException {
        try {
            for (int i = 0; i < count; i++) {
                Socket socket;
                try {
                    socket = http.connect();
                } catch (IOException e) {
                    if (i == 0) {
                        throw e;
                    }
                    // A limit, as there may be.
                    return;
                }
                held.add(socket);
                socket.getOutputStream()
                        .write(halves.get(i % halves.size()).getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    int size() {
        return held.size();
    }

    /// How many are still open after `patience`, or 0 as soon as none is.
    int openAfter(Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        List<Socket> open = new ArrayList<>(held);
        while (!open.isEmpty() && System.nanoTime() < end) {
            Socket first = open.getFirst();
            if (closed(
                    first, Math.min(1_000, Math.max(1, (end - System.nanoTime()) / 1_000_000)))) {
                open.removeFirst();
            }
        }
        int still = 0;
        for (Socket each : open) {
            still += closed(each, 1) ? 0 : 1;
        }
        return still;
    }

    private static boolean closed(Socket socket, long millis) throws IOException {
        socket.setSoTimeout(Math.toIntExact(millis));
        try {
            // What is answered before it is closed does not matter.
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            // Reset: closed as well.
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket each : held) {
            each.close();
        }
    }
}
