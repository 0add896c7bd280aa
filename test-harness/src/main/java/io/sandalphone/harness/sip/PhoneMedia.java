package io.sandalphone.harness.sip;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// The sound of one call: says what it is told to, a frame every 20 ms by the clock, and keeps
/// every packet that comes.
///
/// It sends from the moment the far end's address is known until the call ends, silence when there
/// is nothing to say, as telephones do. Times are those of [System#nanoTime]. Thread-safe.
public final class PhoneMedia {
    private static final long FRAME_NANOS = 20_000_000;

    private final Sockets sockets;
    private final InetAddress host;
    private final RtpRecording recording = new RtpRecording();
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final SpeechQueue queue = new SpeechQueue();
    private final Keypad keypad = new Keypad();
    private final Queue<ByteBuffer> stalled = new ArrayDeque<>();
    private RtpSource source = RtpSource.random();
    private final List<Codec> spoken;
    private Sdp remote;
    private Codec codec;
    private @Nullable Future<?> schedule;
    private long firstTick;
    private long ticks;
    private long stallEnds;
    private @Nullable HandsetEcho echo;
    private Consumer<short[]> listener = _ -> {};
    private boolean sending = true;
    private boolean closed;
    private long sent;

    PhoneMedia(Sockets sockets, InetAddress host, List<Codec> spoken) throws IOException {
        this.sockets = sockets;
        this.host = host;
        this.spoken = List.copyOf(spoken);
        remote = new Sdp(new InetSocketAddress(0), this.spoken, -1);
        codec = this.spoken.getFirst();
        openChannel();
    }

    /// Says `pcm` (8 kHz) after what is still to be said. Answers when its first sample leaves.
    public synchronized long say(short[] pcm) {
        long starts = nextTick() + queue.queued() * FRAME_NANOS;
        queue.say(pcm);
        return starts;
    }

    /// Says `pcm` over and over from now on, whenever nothing else is to be said.
    public synchronized void repeat(short[] pcm) {
        queue.repeat(pcm);
    }

    /// Forgets what was still to be said or repeated.
    public synchronized void hush() {
        queue.hush();
    }

    /// From now on sends back what it hears, so much softer and so much later after it came, a second at
    /// most, together with what is said.
    public synchronized void sendBack(double softerDb, Duration late) {
        echo = new HandsetEcho(softerDb, late);
    }

    /// Sends no packet any more. Time goes on: what was to be said meanwhile is never heard.
    public synchronized void stopSending() {
        sending = false;
    }

    public synchronized void resumeSending() {
        sending = true;
        source.mark();
    }

    /// Goes on as another RTP source: another SSRC, sequence and timestamps.
    public synchronized void changeSource(int ssrc, int sequence) {
        source = new RtpSource(ssrc, sequence);
    }

    /// Goes on as another RTP source whose sequence is `by` numbers further than this one's;
    /// negative is behind.
    public synchronized void changeSource(int by) {
        source = RtpSource.random().numberedFrom(source, by);
    }

    /// Goes on as the same RTP source with its sequence `by` numbers further; negative is behind.
    public synchronized void changeSequence(int by) {
        source = source.jumpedBy(by);
    }

    /// Goes on from another port, as after a NAT forgot the old one. What comes to the old port is
    /// still received.
    public synchronized void changePort() throws IOException {
        openChannel();
    }

    /// Holds packets back for so long, then sends all of them at once, as a network that stalled.
    public synchronized void stall(Duration length) {
        stallEnds = System.nanoTime() + length.toNanos();
    }

    /// Sends `datagram` as it is, RTP or not.
    public synchronized void sendRaw(byte[] datagram) {
        transmit(ByteBuffer.wrap(datagram));
    }

    /// Holds the key down for `length`, after the keys pressed before.
    public synchronized void press(char key, Duration length) {
        if (remote.events() < 0) {
            throw new IllegalStateException("the far end takes no telephone events");
        }
        keypad.press(key, length);
    }

    /// The keys the far end has pressed.
    public String pressed() {
        return Keypad.read(recording.packets(), Sdp.OFFERED_EVENTS);
    }

    /// Every packet that came.
    public RtpRecording received() {
        return recording;
    }

    /// Where this phone receives.
    public synchronized InetSocketAddress local() {
        return new InetSocketAddress(host, channels.getFirst().socket().getLocalPort());
    }

    /// Where the far end receives; port 0 until it is known.
    public synchronized InetSocketAddress remote() {
        return remote.media();
    }

    /// How many packets were sent.
    public synchronized long sent() {
        return sent;
    }

    /// The codec in which this phone speaks.
    public synchronized Codec codec() {
        return codec;
    }

    /// All that this phone can do.
    synchronized Sdp offer() {
        return new Sdp(local(), spoken, Sdp.OFFERED_EVENTS);
    }

    /// What was agreed upon with the far end; all that this phone can do when it offered nothing.
    synchronized Sdp answer() {
        return remote.media().getPort() == 0
                ? offer()
                : new Sdp(local(), List.of(codec), remote.events());
    }

    /// Whether there is a codec in which to answer an offer.
    boolean understands(String offer) {
        return Sdp.parse(offer).flatMap(sdp -> sdp.common(spoken)).isPresent();
    }

    /// Sends to the far end described, from now on.
    synchronized void connect(Sdp description) {
        remote = description;
        codec = description.common(spoken).orElse(codec);
        if (schedule == null && !closed) {
            firstTick = System.nanoTime() + FRAME_NANOS;
            schedule = MediaThreads.everyFrame(firstTick, FRAME_NANOS, this::tick);
        }
    }

    synchronized void close() {
        closed = true;
        if (schedule != null) {
            schedule.cancel(false);
        }
        try {
            for (DatagramChannel channel : channels) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long nextTick() {
        return schedule == null ? System.nanoTime() + FRAME_NANOS : firstTick + ticks * FRAME_NANOS;
    }

    private synchronized void tick() {
        if (closed) {
            return;
        }
        long leaves = nextTick();
        ticks++;
        short[] frame = queue.poll();
        if (echo != null) {
            frame = echo.over(frame, leaves);
        }
        ByteBuffer packet = keypad.poll(source, remote.events());
        if (packet == null && sending) {
            packet = source.packet(codec.payloadType(), codec.encode(frame));
        }
        source.tick();
        if (packet != null) {
            stalled.add(packet);
        }
        if (System.nanoTime() >= stallEnds) {
            stalled.forEach(this::transmit);
            stalled.clear();
        }
    }

    private void transmit(ByteBuffer packet) {
        try {
            sent += channels.getLast().send(packet, remote.media()) > 0 ? 1 : 0;
        } catch (IOException _) {
            // The far end's port is closed just now: the packet is lost, as it would be on the way.
        }
    }

    private void receive(ByteBuffer datagram, long arrivalNanos) {
        recording.add(datagram, arrivalNanos).ifPresent(this::play);
    }

    /// Hands each frame of sound to `listener` as it comes, decoded, on the thread that receives it.
    public synchronized void listen(Consumer<short[]> listener) {
        this.listener = listener;
    }

    private synchronized void play(ReceivedPacket packet) {
        Codec.of(packet.payloadType())
                .ifPresent(coding -> listener.accept(coding.decode(packet.payload())));
        if (echo != null) {
            echo.plays(packet);
        }
    }

    private void openChannel() throws IOException {
        DatagramChannel channel = sockets.openChannel(host);
        channels.add(channel);
        MediaThreads.listen(channel, this::receive);
    }
}
