package io.sandalphone.media.rtp;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.media.codec.G711;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// What is heard from one remote address and said to it, as RTP with G.711 mu-law in packets of 20 ms
/// (payload type 0, RFC 3551). Runs on its socket's loop.
public final class RtpStream implements MediaPort.Stream {
    static final int PAYLOAD_TYPE = 0;
    static final int PAYLOAD_BYTES = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);

    private final InetSocketAddress remote;
    private final Host host;
    private final RtpMeters meters;
    private final ReorderBuffer received;
    private final RtpSender sender;
    private final Runnable lost;
    private FrameSink ears = _ -> {};
    private boolean closed;

    /// Where a stream lives: its socket, or virtual time in a test.
    interface Host {
        /// Sends one packet.
        void send(
                InetSocketAddress remote,
                boolean marker,
                int sequence,
                int timestamp,
                int ssrc,
                short[] pcm);

        /// The last tick of the loop's 20 ms schedule.
        long lastTickNanos();

        /// From now on `stream` wants [RtpStream#pace]: soon, and then on every tick, as long as it is
        /// [RtpStream#paced].
        void talks(RtpStream stream);

        /// Nothing more goes to `stream` or comes from it.
        void closed(RtpStream stream);
    }

    RtpStream(
            InetSocketAddress remote,
            Host host,
            RtpMeters meters,
            int ssrc,
            int firstSequence,
            long nowNanos,
            Runnable lost) {
        this.remote = remote;
        this.lost = lost;
        this.host = host;
        this.meters = meters;
        received = new ReorderBuffer(meters, frame -> ears.accept(frame));
        sender =
                new RtpSender(
                        firstSequence,
                        nowNanos,
                        (marker, sequence, timestamp, pcm) ->
                                host.send(remote, marker, sequence, timestamp, ssrc, pcm),
                        meters);
    }

    /// Where packets of this stream come from and go to.
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public void hear(FrameSink ears) {
        this.ears = ears;
    }

    @Override
    public void speak(FrameSource mouth, Runnable drained) {
        if (closed || sender.talking()) {
            return;
        }
        sender.open(mouth, drained, host.lastTickNanos());
        host.talks(this);
    }

    @Override
    public void stop() {
        sender.stop();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ears = _ -> {};
            sender.close();
            host.closed(this);
        }
    }

    /// It was closed, and not by its owner.
    void lost() {
        lost.run();
    }

    /// Sends a packet on each tick until `untilNanos`, silence when nothing is said.
    void hold(long untilNanos) {
        sender.hold(untilNanos);
        host.talks(this);
    }

    boolean talking() {
        return sender.talking();
    }

    boolean paced() {
        return sender.paced();
    }

    @Nullable Runnable pace(long nowNanos) {
        return sender.pace(nowNanos);
    }

    void receive(RtpPacket packet, ByteBuffer datagram, long nowNanos) {
        if (packet.payloadType() != PAYLOAD_TYPE || packet.payloadLength() != PAYLOAD_BYTES) {
            meters.unsupported().increment();
            return;
        }
        received.offer(
                packet.ssrc(),
                packet.sequence(),
                packet.timestamp(),
                G711.MU_LAW.decode(datagram, packet.payloadOffset(), PAYLOAD_BYTES),
                nowNanos);
    }
}
