package io.sandalphone.media.rtp;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.nio.NioSelectableChannelIoHandle;
import io.netty.util.concurrent.ScheduledFuture;
import io.sandalphone.media.codec.G711;
import io.sandalphone.time.NanoClock;
import io.sandalphone.time.TickGrid;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The one UDP socket of an event loop, for the RTP of all its calls. Packets are told apart by the
/// address they come from; what comes from an address nobody opened a stream to is counted and
/// dropped. All that is said leaves on one 20 ms schedule, by the monotonic clock.
///
/// Runs on the event loop of the context it was opened with, and calls back on that context. The
/// channel is registered with the loop's selector beside Netty's own, which costs a packet neither a
/// buffer nor a trip through a pipeline. With many streams it is read every 10 ms instead of at each
/// packet.
public final class RtpSocket implements MediaPort, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RtpSocket.class);

    /// More than any packet of ours; what is longer is cut off and fails to parse or to be 20 ms.
    private static final int DATAGRAM_BYTES = 2048;

    /// What the kernel keeps for us while the loop is busy, if it lets us: 200 ms of 200 streams.
    private static final int RECEIVE_BUFFER_BYTES = 2 << 20;

    /// Datagrams read before the loop's other work gets its turn.
    private static final int MOST_AT_ONCE = 128;

    /// How long a new stream is not silent for more than 100 ms. In its first five seconds Asterisk
    /// takes packets from anybody who sends enough in a row with none of ours between (`probation` in
    /// its rtp.conf: 16, which takes 130 ms), and from then on only from the one it took last.
    private static final long HOLD_NANOS = 6_000_000_000L;

    /// With more streams than this their packets come so close together that waking for each of them
    /// takes longer than reading them.
    private static final int FEW_STREAMS = 8;

    /// How often what has come is read then: half a frame, so that what a speaker says is heard 5 ms
    /// later on average.
    private static final long READING_NANOS = RtpSender.PERIOD_NANOS / 2;

    private static final long CUSHION_NANOS = RtpSender.CUSHION * RtpSender.PERIOD_NANOS;

    private final ContextInternal context;
    private final IoEventLoop loop;
    private final NanoClock clock;
    private final RtpMeters meters;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final TickGrid ticks;

    private final Map<SocketAddress, RtpStream> streams = new HashMap<>();
    private final List<RtpStream> talking = new ArrayList<>();
    private final RtpPacket packet = new RtpPacket();
    private final ByteBuffer in = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    private final ByteBuffer out =
            ByteBuffer.allocateDirect(RtpPacket.HEADER_BYTES + RtpStream.PAYLOAD_BYTES);
    private final RtpStream.Host host = new StreamHost();
    private final Runnable onReadable = this::readable;
    private final Runnable onReading;
    private final Runnable onTick;

    private @Nullable IoRegistration registration;
    private @Nullable ScheduledFuture<?> nextReading;
    private @Nullable ScheduledFuture<?> nextTick;
    private long nextTickNanos;

    private RtpSocket(
            ContextInternal context, NanoClock clock, RtpMeters meters, DatagramChannel channel)
            throws IOException {
        this.context = context;
        this.loop = (IoEventLoop) context.nettyEventLoop();
        this.clock = clock;
        this.meters = meters;
        this.channel = channel;
        local = (InetSocketAddress) channel.getLocalAddress();
        Runnable tick = this::tick;
        onTick = () -> context.dispatch(tick);
        Runnable reading = this::read;
        onReading = () -> context.dispatch(reading);
        ticks = new TickGrid(clock.nanoTime(), RtpSender.PERIOD_NANOS);
    }

    /// Binds a socket to `address`, at a port the system chooses, on the event loop of `context`.
    /// Fails with an [IOException] when the machine does not have that address.
    ///
    /// `clock` is the machine's monotonic clock: the loop's timers follow no other.
    public static Future<RtpSocket> open(
            Context context, InetAddress address, NanoClock clock, RtpMeters meters) {
        var internal = (ContextInternal) context;
        var promise = internal.<RtpSocket>promise();
        try {
            var socket = new RtpSocket(internal, clock, meters, bind(address));
            socket.loop
                    .register(socket.new Readiness())
                    .addListener(
                            (io.netty.util.concurrent.Future<IoRegistration> registered) -> {
                                if (registered.isSuccess()) {
                                    socket.registration = registered.getNow();
                                    socket.registration.submit(NioIoOps.READ);
                                    promise.complete(socket);
                                } else {
                                    socket.channel.close();
                                    promise.fail(registered.cause());
                                }
                            });
        } catch (IOException e) {
            promise.fail(e);
        }
        return promise.future();
    }

    /// The same, for far ends whose sound nobody wants: what they send is never read, and the kernel
    /// drops it.
    public static Future<RtpSocket> openDeaf(
            Context context, InetAddress address, NanoClock clock, RtpMeters meters) {
        try {
            return Future.succeededFuture(
                    new RtpSocket((ContextInternal) context, clock, meters, bind(address)));
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }

    private static DatagramChannel bind(InetAddress address) throws IOException {
        var channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            return channel.bind(new InetSocketAddress(address, 0));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public RtpStream open(InetSocketAddress remote, Runnable lost) {
        assert loop.inEventLoop();
        var random = ThreadLocalRandom.current();
        // Sequence numbers towards an Asterisk channel must not go back, not even when this
        // program is restarted: they follow the wall clock.
        int firstSequence = (int) (System.currentTimeMillis() / 20 & 0xffff);
        var stream =
                new RtpStream(
                        remote,
                        host,
                        meters,
                        random.nextInt(),
                        firstSequence,
                        clock.nanoTime(),
                        lost);
        var before = streams.put(remote, stream);
        if (before != null) {
            lose(before);
        }
        stream.hold(clock.nanoTime() + HOLD_NANOS);
        return stream;
    }

    /// Closes all streams and the socket.
    @Override
    public void close() {
        assert loop.inEventLoop();
        List.copyOf(streams.values()).forEach(RtpStream::close);
        if (nextTick != null) {
            nextTick.cancel(false);
        }
        if (nextReading != null) {
            nextReading.cancel(false);
        }
        if (registration != null) {
            registration.cancel();
        }
        closeChannel();
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("local", local).setCause(e).log("rtp socket did not close");
        }
    }

    /// Packets are there. With many streams the next ones are read by the clock, until none come.
    private void readable() {
        int received = drain();
        if (streams.size() > FEW_STREAMS && channel.isOpen() && registration != null) {
            registration.submit(NioIoOps.NONE);
            readAfter(received);
        }
    }

    /// Reads again when there is something to be expected: at once, though behind the loop's other
    /// work, when `received` was all that may be taken at once.
    private void readAfter(int received) {
        long pause = received < MOST_AT_ONCE ? READING_NANOS : 0;
        nextReading = loop.schedule(onReading, pause, TimeUnit.NANOSECONDS);
    }

    private void read() {
        nextReading = null;
        int received = drain();
        if (received > 0) {
            readAfter(received);
        } else if (channel.isOpen() && registration != null) {
            registration.submit(NioIoOps.READ);
        }
    }

    /// Takes what has come, and says how much that was.
    private int drain() {
        long now = clock.nanoTime();
        int received = 0;
        while (received < MOST_AT_ONCE && channel.isOpen() && receive(now)) {
            received++;
        }
        meters.packetsIn().increment(received);
        return received;
    }

    /// Takes one datagram; false when there is none.
    private boolean receive(long now) {
        try {
            var source = channel.receive(in.clear());
            if (source == null) {
                return false;
            }
            var stream = streams.get(source);
            if (stream == null) {
                meters.unknownSource().increment();
            } else if (packet.parse(in.flip()) == RtpPacket.Verdict.VALID) {
                hand(stream, now);
            } else {
                meters.malformed().increment();
            }
            return true;
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("local", local).setCause(e).log("rtp socket does not receive");
            return false;
        }
    }

    // A class that does not link, or a stack that is too deep, is one call's fault as well.
    @SuppressWarnings("CatchingThrowable")
    private void hand(RtpStream stream, long now) {
        try {
            stream.receive(packet, in, now);
        } catch (Throwable e) {
            giveUp(stream, e);
        }
    }

    /// One call's fault must not cost the others their sound.
    private void giveUp(RtpStream stream, Throwable fault) {
        LOG.atWarn().addKeyValue("remote", stream.remote()).log("rtp stream given up");
        meters.faults().increment();
        lose(stream);
        context.reportException(fault);
    }

    /// Closes a stream whose owner did not, and lets the owner know.
    private void lose(RtpStream stream) {
        stream.close();
        loop.execute(() -> context.dispatch(stream::lost));
    }

    private void tick() {
        long now = Math.max(clock.nanoTime(), nextTickNanos);
        if (now - nextTickNanos > CUSHION_NANOS) {
            meters.underruns().increment();
        }
        // Streams that begin to talk meanwhile come in at the end and are not visited this time.
        for (int i = talking.size() - 1; i >= 0; i--) {
            pace(talking.get(i), now);
        }
        talking.removeIf(stream -> !stream.paced());
        meters.lateness().record(clock.nanoTime() - nextTickNanos, TimeUnit.NANOSECONDS);
        nextTick = null;
        tickWhileTalking();
        readEarly();
    }

    /// What is read by the clock is read behind the tick where the time for it is near, so that the loop is not woken once
    /// more.
    private void readEarly() {
        if (nextReading != null
                && nextReading.getDelay(TimeUnit.NANOSECONDS) < READING_NANOS / 2
                && nextReading.cancel(false)) {
            read();
        }
    }

    @SuppressWarnings("CatchingThrowable")
    private void pace(RtpStream stream, long now) {
        try {
            var drained = stream.pace(now);
            if (drained != null) {
                // First, because it may speak again.
                if (!stream.paced()) {
                    talking.remove(stream);
                }
                drained.run();
            }
        } catch (Throwable e) {
            giveUp(stream, e);
        }
    }

    private void tickWhileTalking() {
        if (nextTick == null && !talking.isEmpty()) {
            long now = clock.nanoTime();
            nextTickNanos = ticks.after(now);
            nextTick = loop.schedule(onTick, nextTickNanos - now, TimeUnit.NANOSECONDS);
        }
    }

    /// Tells when there is something to read.
    private final class Readiness extends NioSelectableChannelIoHandle<DatagramChannel>
            implements NioIoHandle {
        Readiness() {
            super(channel);
        }

        @Override
        protected void handle(DatagramChannel ready, SelectionKey key) {
            context.dispatch(onReadable);
        }

        @Override
        public void close() {
            closeChannel();
        }
    }

    private final class StreamHost implements RtpStream.Host {
        @Override
        public void send(
                InetSocketAddress remote,
                boolean marker,
                int sequence,
                int timestamp,
                int ssrc,
                short[] pcm) {
            RtpPacket.writeHeader(
                    out.clear(), marker, RtpStream.PAYLOAD_TYPE, sequence, timestamp, ssrc);
            G711.MU_LAW.encode(pcm, out, RtpPacket.HEADER_BYTES);
            try {
                int sent = channel.send(out, remote);
                (sent > 0 ? meters.packetsOut() : meters.sendFailed()).increment();
            } catch (IOException e) {
                meters.sendFailed().increment();
            }
        }

        @Override
        public long lastTickNanos() {
            return ticks.atOrBefore(clock.nanoTime());
        }

        @Override
        public void talks(RtpStream stream) {
            assert loop.inEventLoop();
            if (!talking.contains(stream)) {
                talking.add(stream);
            }
            loop.execute(() -> context.dispatch(() -> pace(stream, clock.nanoTime())));
            tickWhileTalking();
        }

        @Override
        public void closed(RtpStream stream) {
            streams.remove(stream.remote(), stream);
        }
    }
}
