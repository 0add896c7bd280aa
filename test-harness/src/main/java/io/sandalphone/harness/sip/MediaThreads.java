package io.sandalphone.harness.sip;

import io.sandalphone.harness.lab.RealTime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// The two threads that carry the sound of all phones of this JVM: one sends by the clock, one
/// receives and says when. Started with the first call, as daemons, with real-time priority where that may be had.
final class MediaThreads {
    private static final int LARGEST_DATAGRAM = 2048;
    private static final Selector SELECTOR = openSelector();
    private static final ScheduledThreadPoolExecutor CLOCK =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("phones-send").daemon().factory());

    static {
        CLOCK.setRemoveOnCancelPolicy(true);
        CLOCK.execute(RealTime::take);
        Thread.ofPlatform().name("phones-receive").daemon().start(MediaThreads::receive);
    }

    private MediaThreads() {}

    /// Runs `tick` at `startNanos` of [System#nanoTime] and every `periodNanos` after it, on an
    /// absolute schedule.
    static Future<?> everyFrame(long startNanos, long periodNanos, Runnable tick) {
        return CLOCK.scheduleAtFixedRate(
                tick, startNanos - System.nanoTime(), periodNanos, TimeUnit.NANOSECONDS);
    }

    /// Gives `packets` each datagram that comes to `channel`, and the time of its arrival.
    static void listen(DatagramChannel channel, BiConsumer<ByteBuffer, Long> packets)
            throws IOException {
        channel.register(SELECTOR, SelectionKey.OP_READ, packets);
        SELECTOR.wakeup();
    }

    private static void receive() {
        var _ = RealTime.take();
        ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
        while (SELECTOR.isOpen()) {
            try {
                SELECTOR.select(key -> drain(key, buffer));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void drain(SelectionKey key, ByteBuffer buffer) {
        @SuppressWarnings("unchecked") // attached by listen()
        var packets = (BiConsumer<ByteBuffer, Long>) key.attachment();
        var channel = (DatagramChannel) key.channel();
        try {
            for (SocketAddress from = channel.receive(buffer.clear());
                    from != null;
                    from = channel.receive(buffer.clear())) {
                packets.accept(buffer.flip(), System.nanoTime());
            }
        } catch (IOException _) {
            // Closed under our hands, or the far end's port is: nothing more to read for now.
            if (!channel.isOpen()) {
                key.cancel();
            }
        }
    }

    private static Selector openSelector() {
        try {
            return Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
