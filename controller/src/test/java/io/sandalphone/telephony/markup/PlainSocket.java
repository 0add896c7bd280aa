package io.sandalphone.telephony.markup;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// A WebSocket of which each byte is written by the test (RFC 6455, section 5.2), so that it can begin frames that it
/// never ends.
public final class PlainSocket implements AutoCloseable {
    private static final int FINAL_TEXT = 0x81;
    private static final int FINAL_OF_NO_KIND = 0x83;
    private static final int CLOSE = 0x88;
    private static final int MASKED = 0x80;
    private static final int LENGTH_IN_16_BITS = 126;
    private static final int LENGTH_IN_64_BITS = 127;

    private final Socket socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    private PlainSocket(Socket socket) throws IOException {
        this.socket = socket;
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        in = new DataInputStream(socket.getInputStream());
    }

    /// Opens one at a port of this machine, with these headers beside those of the handshake.
    static PlainSocket open(int port, String path, Map<String, String> headers, Duration patience)
            throws IOException {
        var opened = new PlainSocket(new Socket(InetAddress.getLoopbackAddress(), port));
        opened.socket.setSoTimeout((int) patience.toMillis());
        var request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
        request.append(
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
        request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        opened.out.write(request.toString().getBytes(StandardCharsets.US_ASCII));
        opened.out.flush();
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) opened.in.readUnsignedByte());
        }
        if (answer.indexOf("HTTP/1.1 101") != 0) {
            throw new IOException("not opened: " + answer);
        }
        return opened;
    }

    /// Sends a whole message, masked by zeros.
    public void text(String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        out.writeByte(FINAL_TEXT);
        if (bytes.length < LENGTH_IN_16_BITS) {
            out.writeByte(MASKED | bytes.length);
        } else {
            out.writeByte(MASKED | LENGTH_IN_16_BITS);
            out.writeShort(bytes.length);
        }
        out.writeInt(0);
        out.write(bytes);
        out.flush();
    }

    /// Sends the head of a message of `length` bytes, and nothing of the message.
    public void beginText(long length) throws IOException {
        out.writeByte(FINAL_TEXT);
        out.writeByte(MASKED | LENGTH_IN_64_BITS);
        out.writeLong(length);
        out.writeInt(0);
        out.flush();
    }

    /// Sends the head of a frame whose opcode nobody has defined.
    public void beginFrameOfNoKind() throws IOException {
        out.writeByte(FINAL_OF_NO_KIND);
        out.writeByte(MASKED);
        out.writeInt(0);
        out.flush();
    }

    /// The status with which the other side closes; what it sends before is skipped.
    public int closing() throws IOException {
        while (true) {
            int head = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == LENGTH_IN_16_BITS) {
                length = in.readUnsignedShort();
            }
            byte[] payload = in.readNBytes(length);
            if (head == CLOSE) {
                return ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
