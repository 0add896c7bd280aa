package io.sandalphone.harness.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// TCP ports for servers that have to be told theirs beforehand. Between the asking and the listening
/// another process may take one.
public final class TcpPort {
    private TcpPort() {}

    /// One of this machine's loopback that nobody has.
    public static int free() {
        try {
            return taken(InetAddress.getLoopbackAddress(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `wanted` at `address` where nobody has it, else any there that is free.
    public static int free(InetAddress address, int wanted) throws IOException {
        try {
            return taken(address, wanted);
        } catch (IOException e) {
            return taken(address, 0);
        }
    }

    private static int taken(InetAddress address, int wanted) throws IOException {
        try (var socket = new ServerSocket(wanted, 1, address)) {
            return socket.getLocalPort();
        }
    }
}
