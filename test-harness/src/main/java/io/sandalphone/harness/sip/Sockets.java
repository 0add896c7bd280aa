package io.sandalphone.harness.sip;

import io.sandalphone.harness.lab.NetNamespace;
import io.sandalphone.harness.lab.UdpPort;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.Callable;

/// Opens sockets where a phone lives: in its network namespace, or in the one of this JVM. A socket
/// stays where it was opened, whichever thread uses it.
record Sockets(@Nullable NetNamespace namespace) {
    DatagramSocket open(InetSocketAddress local) throws IOException {
        return inside(() -> UdpPort.open(local));
    }

    /// On a free port, not blocking.
    DatagramChannel openChannel(InetAddress local) throws IOException {
        return inside(
                () -> {
                    DatagramChannel channel = DatagramChannel.open();
                    channel.bind(new InetSocketAddress(local, 0)).configureBlocking(false);
                    return channel;
                });
    }

    private <T> T inside(Callable<T> opening) throws IOException {
        try {
            return namespace == null ? opening.call() : namespace.call(opening);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot open a socket", e);
        }
    }
}
