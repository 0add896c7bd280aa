package io.sandalphone.harness.fakes.chat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Asks by HTTP/1.1 over a plain socket, since every client of HTTP hides where the chunks of a body begin and end.
final class RawChunks {
    private RawChunks() {}

    /// The chunks of the answer.
    static List<byte[]> of(URI server, String path, String key, String body) throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            String head =
                    """
                    POST %s HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer %s\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    Connection: close\r
                    \r
                    """
                            .formatted(path, key, content.length);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(content);
            var in = new DataInputStream(socket.getInputStream());
            while (!line(in).isEmpty()) {
                // The head says nothing that is needed.
            }
            List<byte[]> chunks = new ArrayList<>();
            for (int length = length(in); length > 0; length = length(in)) {
                chunks.add(in.readNBytes(length));
                line(in);
            }
            return chunks;
        }
    }

    private static int length(DataInputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
