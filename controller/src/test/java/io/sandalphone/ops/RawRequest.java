package io.sandalphone.ops;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Requests that a well-behaved client would not send.
record RawRequest(int port) {
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
}
