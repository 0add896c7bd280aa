package io.sandalphone.harness.attack;

import io.sandalphone.harness.lab.NetNamespace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Speaks HTTP byte by byte, right or wrong, to a port on the loopback of a namespace. Texts stand for
/// bytes (ISO 8859-1). Thread-safe.
///
/// @param network where
/// @param port whose
public record RawHttp(NetNamespace network, int port) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

    /// What came back on one connection.
    ///
    /// @param text all bytes
    /// @param closed whether the server closed the connection
    public record Reply(String text, boolean closed) {
        /// The status of each answer, in order. (A body that looks like a status line would count.)
        public List<Integer> statuses() {
            List<Integer> statuses = new ArrayList<>();
            Matcher matcher = STATUS.matcher(text);
            while (matcher.find()) {
                statuses.add(Integer.valueOf(matcher.group(1)));
            }
            return statuses;
        }
    }

    /// A connection.
    public Socket connect() throws IOException {
        try {
            return network.call(
                    () -> {
                        var socket = new Socket();
                        socket.connect(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                                5000);
                        return socket;
                    });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sends `bytes` on a new connection and reads until the server closes it, or is silent for so
    /// long.
    public Reply exchange(String bytes, Duration silence) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return read(socket);
        }
    }

    private static Reply read(Socket socket) throws IOException {
        var all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                all.write(buffer, 0, n);
            }
        } catch (SocketTimeoutException _) {
            return new Reply(all.toString(StandardCharsets.ISO_8859_1), false);
        } catch (IOException _) {
            // Reset: closed as well.
        }
        return new Reply(all.toString(StandardCharsets.ISO_8859_1), true);
    }
}
