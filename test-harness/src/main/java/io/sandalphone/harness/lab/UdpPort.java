package io.sandalphone.harness.lab;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Opens UDP sockets at ports that somebody may just have closed.
///
/// A process that is being started has a copy of every socket of this one until it closes them, so a
/// port is not always free as soon as its socket is closed.
public final class UdpPort {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private UdpPort() {}

    /// A socket at `local`, in the network namespace of this thread. Throws when the port is still
    /// taken after two seconds, or for any other reason at once.
    public static DatagramSocket open(InetSocketAddress local) throws SocketException {
        long start = System.nanoTime();
        while (true) {
            try {
                return new DatagramSocket(local);
            } catch (BindException taken) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw taken;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
