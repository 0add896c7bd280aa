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

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Speaks HTTP byte by byte, right or wrong. Texts stand for bytes (ISO 8859-1). Thread-safe.
///
/// @param opening makes connections
public record RawHttp(Opening opening) {
    private static final int CONNECT_MILLIS = 5000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

    /// Makes a connection.
    @FunctionalInterface
    public interface Opening {
        Socket open() throws IOException;
    }

    /// To a port on the loopback of a namespace.
    public RawHttp(NetNamespace network, int port) {
        this(() -> inside(network, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
    }

    /// To an address of any other network, by TLS or in the clear.
    public static RawHttp at(String host, int port, boolean tls) {
        return new RawHttp(
                () -> {
                    Socket plain = connected(new InetSocketAddress(host, port));
                    return tls ? secured(plain, host, port) : plain;
                });
    }

    private static Socket inside(NetNamespace network, InetSocketAddress address)
            throws IOException {
        try {
            return network.call(() -> connected(address));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Socket connected(InetSocketAddress address) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(address, CONNECT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        try {
            plain.setSoTimeout(CONNECT_MILLIS);
            var socket =
                    (SSLSocket)
                            ((SSLSocketFactory) SSLSocketFactory.getDefault())
                                    .createSocket(plain, host, port, true);
            SSLParameters named = socket.getSSLParameters();
            named.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(named);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

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
        return opening.open();
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
