package io.sandalphone.harness.sip;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// A hop between a caller and a phone that loses the first datagrams whose text matches.
final class LossyRelay implements AutoCloseable {
    private final DatagramSocket socket;
    private final InetSocketAddress phone;
    private final Predicate<String> lost;
    private int toLose;
    private @Nullable InetSocketAddress caller;

    LossyRelay(InetSocketAddress phone, int toLose, Predicate<String> lost) throws IOException {
        this.socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.phone = phone;
        this.lost = lost;
        this.toLose = toLose;
        Thread.ofVirtual().start(this::relay);
    }

    String uri(String user) {
        return "sip:" + user + "@127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void relay() {
        byte[] buffer = new byte[65_535];
        while (!socket.isClosed()) {
            try {
                var datagram = new DatagramPacket(buffer, buffer.length);
                socket.receive(datagram);
                var from = (InetSocketAddress) datagram.getSocketAddress();
                String text = new String(buffer, 0, datagram.getLength(), StandardCharsets.UTF_8);
                if (toLose > 0 && lost.test(text)) {
                    toLose--;
                    continue;
                }
                if (!from.equals(phone)) {
                    caller = from;
                }
                datagram.setSocketAddress(from.equals(phone) ? caller : phone);
                socket.send(datagram);
            } catch (IOException _) {
                // Closed at the end of the test.
            }
        }
    }
}
