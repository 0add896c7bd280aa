package io.sandalphone.harness.calls;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealTime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Notices when this machine is too busy to run even a telephone: a thread that wants to run every 5 ms, with their priority, and
/// writes down when it could. Gaps in what phones hear are excused by nothing else.
public final class Heartbeat implements AutoCloseable {
    private static final Duration BEAT = Duration.ofMillis(5);

    private final List<Long> beats = new ArrayList<>();
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private volatile boolean closed;

    /// Of this program's threads alone.
    public Heartbeat() {
        Thread.ofPlatform().name("heartbeat").daemon().start(() -> beat(this::note));
    }

    /// Of packets as well: each beat is a packet from the network of `host`'s Asterisk to that of its phones, written down when it
    /// arrives, for a busy machine also keeps packets waiting between the two.
    public static Heartbeat through(AsteriskHost host) {
        return new Heartbeat(host);
    }

    private Heartbeat(AsteriskHost host) {
        try {
            InetAddress there = InetAddress.ofLiteral(AsteriskHost.CARRIER_ADDRESS);
            DatagramSocket to =
                    host.carrier().call(() -> new DatagramSocket(new InetSocketAddress(there, 0)));
            sockets.add(to);
            DatagramSocket from = host.vps().call(() -> new DatagramSocket());
            sockets.add(from);
            var packet = new DatagramPacket(new byte[1], 1, to.getLocalSocketAddress());
            Thread.ofPlatform().name("heartbeat-in").daemon().start(() -> receive(to));
            Thread.ofPlatform()
                    .name("heartbeat-out")
                    .daemon()
                    .start(() -> beat(() -> send(from, packet)));
        } catch (Exception e) {
            close();
            throw new IllegalStateException(e);
        }
    }

    private void send(DatagramSocket from, DatagramPacket packet) {
        try {
            from.send(packet);
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void receive(DatagramSocket to) {
        var _ = RealTime.take();
        var packet = new DatagramPacket(new byte[1], 1);
        while (!closed) {
            try {
                to.receive(packet);
                note();
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void beat(Runnable beat) {
        var _ = RealTime.take();
        while (!closed) {
            beat.run();
            LockSupport.parkNanos(BEAT.toNanos());
        }
    }

    private void note() {
        synchronized (beats) {
            beats.add(System.nanoTime());
        }
    }

    /// The longest time between the two moments in which the thread could not run.
    public Duration longestStall(long fromNanos, long toNanos) {
        long longest = 0;
        long last = fromNanos;
        synchronized (beats) {
            for (long beat : beats) {
                if (beat > fromNanos && beat <= toNanos) {
                    longest = Math.max(longest, beat - last);
                    last = beat;
                }
            }
        }
        return Duration.ofNanos(longest);
    }

    @Override
    public void close() {
        closed = true;
        sockets.forEach(DatagramSocket::close);
    }
}
