package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// Requests that a well-behaved client would not send.
record RawRequest(int port) {
    private static final Pattern STATUS = Pattern.compile("HTTP/[0-9.]+ ([0-9]+) ");

    /// The whole answer, its head included.
    String send(String method, String path) throws IOException {
        try (Socket socket = open(method, path)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// The request is sent; the answer can be read, or not.
    Socket open(String method, String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        String request =
                """
                %s %s HTTP/1.1\r
                Host: x\r
                Connection: close\r
                Authorization: Bearer %s\r
                \r
                """
                        .formatted(method, path, RunningServer.TOKEN);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /// Sends `bytes` as they are and returns the status of each answer until the server closes the
    /// connection. A server that neither answers nor closes makes the read time out.
    List<Integer> exchange(String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(3_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            StringBuilder answers = new StringBuilder();
            byte[] some = new byte[8192];
            try {
                for (int n; (n = socket.getInputStream().read(some)) >= 0; ) {
                    answers.append(new String(some, 0, n, StandardCharsets.UTF_8));
                }
            } catch (SocketTimeoutException e) {
                answers.append("HTTP/1.1 0 still open");
            } catch (SocketException e) {
                // Closed before all that was sent was read: a reset follows the answer.
                assertEquals("Connection reset", e.getMessage());
            }
            return STATUS.matcher(answers)
                    .results()
                    .map(found -> Integer.valueOf(found.group(1)))
                    .toList();
        }
    }
}
