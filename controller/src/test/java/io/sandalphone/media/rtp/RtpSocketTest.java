package io.sandalphone.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.time.NanoClock;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The real socket, on loopback, in real time. What it hears and says is decided by classes that
/// have tests in virtual time; here it is that packets get there, and to nobody else.
@Timeout(20)
class RtpSocketTest {
    private final Counts counts = new Counts();
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final LinkedBlockingQueue<AudioFrame> heard = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> lost = new LinkedBlockingQueue<>();
    private DatagramSocket phone;
    private RtpSocket socket;
    private RtpStream stream;

    @BeforeEach
    void open() throws Exception {
        phone = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        phone.setSoTimeout(10_000);
        socket =
                RtpSocket.open(
                                context,
                                InetAddress.getLoopbackAddress(),
                                NanoClock.system(),
                                counts.meters)
                        .await(5, TimeUnit.SECONDS);
        stream =
                onLoop(
                        () ->
                                socket.open(
                                        (InetSocketAddress) phone.getLocalSocketAddress(),
                                        () -> lost.add("phone")));
        onLoop(
                () -> {
                    stream.hear(heard::add);
                    return null;
                });
    }

    @AfterEach
    void close() throws Exception {
        onLoop(
                () -> {
                    socket.close();
                    return null;
                });
        vertx.close().await();
        phone.close();
    }

    @Test
    void what_a_phone_sends_is_heard_in_order() throws Exception {
        for (int n : new int[] {0, 2, 1, 3}) {
            sendFrom(phone, packet(n));
        }
        for (int n = 0; n < 4; n++) {
            var frame = heard.take();
            assertEquals(n * 160L, frame.position());
            assertEquals(8000, frame.rate());
        }
        // On the loop, so that the reading that gave the last frame is over.
        assertEquals(4, onLoop(() -> counts.of(RtpMeters::packetsIn)));
    }

    @Test
    void many_phones_are_all_heard_and_again_after_all_were_silent() throws Exception {
        var phones = new ArrayList<DatagramSocket>();
        try {
            for (int i = 0; i < 20; i++) {
                var one = new DatagramSocket(new InetSocketAddress(phone.getLocalAddress(), 0));
                phones.add(one);
                var at = (InetSocketAddress) one.getLocalSocketAddress();
                onLoop(
                        () -> {
                            socket.open(at, () -> lost.add("one of many")).hear(heard::add);
                            return null;
                        });
            }
            for (int n = 0; n < 3; n++) {
                for (DatagramSocket one : phones) {
                    sendFrom(one, packet(n));
                }
            }
            for (int frame = 0; frame < 60; frame++) {
                heard.take();
            }
            // Long enough that a reading found nothing, and the selector has to wake it again.
            var silent = new CompletableFuture<Void>();
            vertx.setTimer(100, _ -> silent.complete(null));
            silent.get(5, TimeUnit.SECONDS);
            for (DatagramSocket one : phones) {
                sendFrom(one, packet(3));
            }
            for (int frame = 0; frame < 20; frame++) {
                assertEquals(480, heard.take().position());
            }
            assertEquals(80, onLoop(() -> counts.of(RtpMeters::packetsIn)));
        } finally {
            phones.forEach(DatagramSocket::close);
        }
    }

    @Test
    void strangers_and_broken_or_foreign_packets_are_dropped_and_counted() throws Exception {
        try (var stranger = new DatagramSocket()) {
            sendFrom(stranger, packet(0));
        }
        sendFrom(phone, new byte[0]);
        sendFrom(phone, new byte[11]);
        sendFrom(phone, new byte[1500]);
        sendFrom(phone, packetOf(8, 160, 0));
        sendFrom(phone, packetOf(0, 80, 0));
        sendFrom(phone, packetOf(0, 65_000 - 12, 0));
        sendFrom(phone, packet(7));
        assertEquals(0, heard.take().position());
        assertEquals(1, counts.of(RtpMeters::unknownSource));
        assertEquals(3, counts.of(RtpMeters::malformed));
        assertEquals(3, counts.of(RtpMeters::unsupported));
        // On the loop, so that the reading that gave the frame is over.
        assertEquals(8, onLoop(() -> counts.of(RtpMeters::packetsIn)));
    }

    @Test
    void what_is_said_arrives_as_mu_law_packets_and_then_it_is_drained() throws Exception {
        var drained = new CompletableFuture<Integer>();
        var frames = new int[1];
        onLoop(
                () -> {
                    stream.speak(
                            () -> frames[0]++ < 10 ? loud() : null,
                            () -> drained.complete(frames[0]));
                    return null;
                });
        var first = receive();
        // Before it there is the silence of a stream that was just opened.
        while (first.get(1) == 0) {
            assertEquals((byte) 0xFF, first.get(12));
            first = receive();
        }
        assertEquals(172, first.remaining());
        assertEquals(0x80, first.get(0) & 0xff);
        assertEquals(0x80, first.get(1) & 0xff);
        int sinceOpened = first.getInt(4) - (first.getShort(2) & 0xffff) * 160;
        assertTrue(sinceOpened >= 0 && sinceOpened % 160 == 0, "timestamp " + first.getInt(4));
        assertEquals((byte) 0xCE, first.get(12));
        for (int n = 1; n < 10; n++) {
            var next = receive();
            assertEquals(0, next.get(1));
            assertEquals((short) (first.getShort(2) + n), next.getShort(2));
            assertEquals(first.getInt(4) + n * 160, next.getInt(4));
            assertEquals(first.getInt(8), next.getInt(8));
        }
        assertTrue(drained.get(5, TimeUnit.SECONDS) > 10);
        assertTrue(counts.of(RtpMeters::packetsOut) > 10);
        assertTrue(counts.meters.lateness().count() > 0);
    }

    @Test
    void a_stream_is_known_to_its_far_end_before_it_has_anything_to_say() throws Exception {
        for (int n = 0; n < 5; n++) {
            ByteBuffer packet = receive();
            assertEquals(172, packet.remaining());
            assertEquals((byte) 0xFF, packet.get(12));
        }
    }

    @Test
    void a_stage_that_throws_costs_its_own_stream_only() throws Exception {
        try (var other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            onLoop(
                    () -> {
                        socket.open(
                                        (InetSocketAddress) other.getLocalSocketAddress(),
                                        () -> lost.add("other"))
                                .hear(
                                        _ -> {
                                            throw new IllegalStateException("planted");
                                        });
                        return null;
                    });
            sendFrom(other, packet(0));
            sendFrom(other, packet(1));
            sendFrom(phone, packet(0));
            heard.take();
            assertEquals(1, counts.of(RtpMeters::faults));
            assertEquals(1, counts.of(RtpMeters::unknownSource));
            assertEquals("other", lost.take());
        }
    }

    @Test
    void a_mouth_that_throws_is_not_asked_again_and_others_go_on() throws Exception {
        mouthThatThrows(new IllegalStateException("planted"));
    }

    @Test
    void a_mouth_that_does_not_link_is_not_asked_again_and_others_go_on() throws Exception {
        mouthThatThrows(new UnsatisfiedLinkError("planted"));
    }

    private <T extends Throwable> void mouthThatThrows(T fault) throws Exception {
        try (var other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            onLoop(
                    () -> {
                        socket.open(
                                        (InetSocketAddress) other.getLocalSocketAddress(),
                                        () -> lost.add("other"))
                                .speak(
                                        () -> {
                                            throw RtpSocketTest.<RuntimeException>sneaky(fault);
                                        },
                                        () -> {});
                        stream.speak(RtpSocketTest::loud, () -> {});
                        return null;
                    });
            for (int n = 0; n < 6; n++) {
                receive();
            }
            assertEquals(1, counts.of(RtpMeters::faults));
            assertEquals("other", lost.take());
        }
    }

    // The caller chooses the type, so that the compiler asks for no declaration of what is thrown.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T sneaky(Throwable fault) throws T {
        throw (T) fault;
    }

    @Test
    void opening_an_address_again_closes_the_stream_that_was_there() throws Exception {
        var again =
                onLoop(
                        () -> {
                            stream.speak(RtpSocketTest::loud, () -> {});
                            return socket.open(stream.remote(), () -> lost.add("again"));
                        });
        assertFalse(onLoop(stream::talking));
        var heardAgain = new LinkedBlockingQueue<AudioFrame>();
        onLoop(
                () -> {
                    again.hear(heardAgain::add);
                    stream.close();
                    return null;
                });
        sendFrom(phone, packet(0));
        heardAgain.take();
        assertTrue(heard.isEmpty());
        assertEquals("phone", lost.take());
        onLoop(
                () -> {
                    again.close();
                    return null;
                });
        assertTrue(lost.isEmpty(), "closed by its owner");
    }

    private ByteBuffer receive() throws IOException {
        var datagram = new DatagramPacket(new byte[2000], 2000);
        phone.receive(datagram);
        assertEquals(socket.localAddress(), datagram.getSocketAddress());
        return ByteBuffer.wrap(Arrays.copyOf(datagram.getData(), datagram.getLength()));
    }

    private void sendFrom(DatagramSocket from, byte[] bytes) throws IOException {
        from.send(new DatagramPacket(bytes, bytes.length, socket.localAddress()));
    }

    private static byte[] packet(int number) {
        return packetOf(0, 160, number);
    }

    private static byte[] packetOf(int payloadType, int payloadBytes, int number) {
        var buffer = ByteBuffer.allocate(12 + payloadBytes);
        RtpPacket.writeHeader(buffer, false, payloadType, number, number * 160, 0x77);
        return buffer.array();
    }

    private static AudioFrame loud() {
        var pcm = new short[160];
        Arrays.fill(pcm, (short) 1000);
        return new AudioFrame(pcm, 8000, 0);
    }

    private <T> T onLoop(Callable<T> task)
            throws InterruptedException, ExecutionException, TimeoutException {
        var done = new CompletableFuture<T>();
        context.runOnContext(
                _ -> {
                    try {
                        done.complete(task.call());
                    } catch (Exception e) {
                        done.completeExceptionally(e);
                    }
                });
        return done.get(5, TimeUnit.SECONDS);
    }
}
